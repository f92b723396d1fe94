#!/bin/sh
# pbjson-types 0.9.0 beside prost-types 0.14.6 (crates.io), Rust 1.95.0, 28 November 2026.
#
# RFC 3339 has leap seconds (https://www.rfc-editor.org/rfc/rfc3339#section-5.7): 23:59:60. The
# message of a timestamp has no place for them: `nanos` is 0 to 999,999,999
# (https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp). One of the two crates reads
# the second before; the other one makes a message with 1,000,000,000 nanos, which that of Python
# (protobuf 7.36.2) refuses to write, and writes `:60` again. It also writes `+00:00` where the mapping
# to JSON says that a time ends with `Z`.
#
# It printed:
#
#     prost-types:  1483228799 s 0 ns
#     pbjson-types: 1483228799 s 1000000000 ns, written as "2016-12-31T23:59:60+00:00"
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "shows"
version = "0.1.0"
edition = "2021"
[dependencies]
pbjson-types = "=0.9.0"
prost-types = "=0.14.6"
serde_json = "1"
[workspace]
TOML
cat > src/main.rs <<'RUST'
fn main() {
    let text = "2016-12-31T23:59:60Z";
    let prost: prost_types::Timestamp = text.parse().unwrap();
    println!("prost-types:  {} s {} ns", prost.seconds, prost.nanos);
    let json = format!("\"{text}\"");
    let pbjson: pbjson_types::Timestamp = serde_json::from_str(&json).unwrap();
    let again = serde_json::to_string(&pbjson).unwrap();
    println!("pbjson-types: {} s {} ns, written as {again}", pbjson.seconds, pbjson.nanos);
    let same = prost.nanos == 0 && pbjson.nanos == 1_000_000_000 && again.contains("60+00:00");
    std::process::exit(i32::from(!same));
}
RUST
cargo build --quiet || exit 2
./target/debug/shows
