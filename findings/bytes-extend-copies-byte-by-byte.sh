#!/bin/sh
# bytes 1.12.1 (crates.io), Rust 1.95.0, 28 November 2026.
#
# A body that arrives in pieces is collected in a `BytesMut`. `body.extend(&piece)`, as one writes it for a
# `Vec<u8>`, where it is one copy, is a call of `put_slice` for each byte here. A server under test that
# collected uploads so spent two thirds of its time there. `extend_from_slice` is one copy in both.
#
# Reported in https://github.com/tokio-rs/bytes/issues/848; https://github.com/tokio-rs/bytes/pull/829 is
# open.
#
# It printed:
#
#     Vec<u8>:  extend takes less than 4 times as long as extend_from_slice
#     BytesMut: extend takes more than 4 times as long as extend_from_slice
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "shows"
version = "0.1.0"
edition = "2021"
[dependencies]
bytes = "=1.12.1"
TOML
cat >src/main.rs <<'RUST'
use bytes::BytesMut;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The shortest of several times for a body of 16 pieces.
fn time<T>(new: impl Fn() -> T, add: impl Fn(&mut T, &[u8])) -> Duration {
    let piece = vec![7; 16 * 1024];
    let once = || {
        let (start, mut body) = (Instant::now(), new());
        for _ in 0..16 {
            add(&mut body, black_box(&piece));
        }
        black_box(&body);
        start.elapsed()
    };
    (0..200).map(|_| once()).min().unwrap()
}

fn is_slow(name: &str, one_by_one: Duration, at_once: Duration) -> bool {
    let is_slow = one_by_one > at_once * 4;
    let word = if is_slow { "more" } else { "less" };
    println!("{name} extend takes {word} than 4 times as long as extend_from_slice");
    is_slow
}

fn main() {
    let vec = || Vec::<u8>::with_capacity(1 << 18);
    let bytes = || BytesMut::with_capacity(1 << 18);
    let of_vec = is_slow(
        "Vec<u8>: ",
        time(vec, |body, piece| body.extend(piece)),
        time(vec, |body, piece| body.extend_from_slice(piece)),
    );
    let of_bytes = is_slow(
        "BytesMut:",
        time(bytes, |body, piece| body.extend(piece)),
        time(bytes, |body, piece| body.extend_from_slice(piece)),
    );
    std::process::exit(i32::from(of_vec || !of_bytes));
}
RUST
cargo build --release --quiet || exit 2
./target/release/shows
