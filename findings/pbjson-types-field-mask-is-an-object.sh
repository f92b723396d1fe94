#!/bin/sh
# pbjson-types 0.9.0 (crates.io), Rust 1.95.0, 28 November 2026.
#
# The crate gives the well-known types of Protocol Buffers their JSON, and does so for durations and
# times. A field mask is text there, its paths in lowerCamelCase and joined by commas
# (https://protobuf.dev/programming-guides/json/: "FieldMask", `"f.fooBar,h"`). This one is an object
# with the paths as they are in the .proto file, and the text is an error: neither side can read what
# the other one writes.
#
# It printed:
#
#     a duration:    "1.500s"
#     a field mask:  {"paths":["display_name","user.home_page"]}
#     its text read:
#       invalid type: string "displayName,user.homePage", expected struct google.protobuf.FieldMask at line 1 column 27
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
serde_json = "1"
[workspace]
TOML
cat > src/main.rs <<'RUST'
use pbjson_types::{Duration, FieldMask};
use serde_json::{from_str, to_string};

fn main() {
    let duration = Duration { seconds: 1, nanos: 500_000_000 };
    println!("a duration:    {}", to_string(&duration).unwrap());
    let paths = vec!["display_name".to_owned(), "user.home_page".to_owned()];
    let mask = to_string(&FieldMask { paths }).unwrap();
    println!("a field mask:  {mask}");
    let read = from_str::<FieldMask>(r#""displayName,user.homePage""#);
    let error = read.map_or_else(|error| error.to_string(), |mask| format!("no error: {mask:?}"));
    println!("its text read:\n  {error}");
    let same = mask == r#"{"paths":["display_name","user.home_page"]}"# && error.starts_with("invalid type");
    std::process::exit(i32::from(!same));
}
RUST
cargo build --quiet || exit 2
./target/debug/shows
