#!/bin/sh
# Pillow 13.0.0 and ExifRead 3.5.1 (PyPI) with kamadak-exif 0.6.2 and little_exif 0.6.23 (crates.io),
# Python 3.11, Rust 1.95.0, 28 November 2026.
#
# Pillow writes the same EXIF in two forms: the chunk of a still WebP begins with the TIFF header, that of
# an animated one with `Exif\0\0`, which belongs to JPEG. Of three readers, none takes both. Those in Rust
# fail on the second form; the one in Python finds nothing in the first. Where photos are sorted by the
# day they were taken, one kind or the other is put elsewhere. A reader has to skip the six bytes if they
# are there, as Pillow itself does; a test that reads with Pillow what Pillow wrote sees none of this.
#
# Pillow dropped them from still images in 2022 (https://github.com/python-pillow/Pillow/pull/6582), and
# what ExifRead does is reported (https://github.com/ianare/exif-py/issues/252). The format says of the chunk only that it
# has metadata of EXIF (https://developers.google.com/speed/webp/docs/riff_container#metadata).
#
# It printed:
#
#     still.webp
#       EXIF begins with b'MM\x00*\x00\x00\x00\x08'
#       kamadak-exif: 2026-11-28 12:00:00
#       little_exif:  2026:11:28 12:00:00
#       ExifRead:     no date
#       Pillow:       2026:11:28 12:00:00
#     animated.webp
#       EXIF begins with b'Exif\x00\x00MM'
#       kamadak-exif: no date
#       little_exif:  no date
#       ExifRead:     2026:11:28 12:00:00
#       Pillow:       2026:11:28 12:00:00
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet pillow==13.0.0 ExifRead==3.5.1 || exit 2
cd "$folder"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "shows"
version = "0.1.0"
edition = "2021"
[dependencies]
kamadak-exif = "=0.6.2"
little_exif = "=0.6.23"
[workspace]
TOML
cat >src/main.rs <<'RUST'
use exif::{In, Reader, Tag};
use little_exif::{exif_tag::ExifTag, metadata::Metadata};
use std::{fs::File, io::BufReader, path::Path};

fn kamadak(path: &str) -> Option<String> {
    let file = File::open(path).unwrap();
    let read = Reader::new().read_from_container(&mut BufReader::new(file)).ok()?;
    let field = read.get_field(Tag::DateTimeOriginal, In::PRIMARY)?;
    Some(field.display_value().to_string())
}

fn little(path: &str) -> Option<String> {
    let read = Metadata::new_from_path(Path::new(path)).ok()?;
    let tag = read.get_tag(&ExifTag::DateTimeOriginal(String::new())).next()?;
    match tag {
        ExifTag::DateTimeOriginal(date) => Some(date.clone()),
        _ => None,
    }
}

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let date = |date: Option<String>| date.unwrap_or_else(|| "no date".to_owned());
    println!("kamadak-exif: {}", date(kamadak(&path)));
    println!("little_exif:  {}", date(little(&path)));
}
RUST
cargo build --quiet || exit 2
"$folder/bin/python" - <<'PYTHON'
import subprocess
import sys
import exifread
from PIL import Image

DATE_TIME_ORIGINAL, EXIF = 0x9003, 0x8769
exif = Image.Exif()
exif.get_ifd(EXIF)[DATE_TIME_ORIGINAL] = "2026:11:28 12:00:00"
red, blue = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
red.save("still.webp", exif=exif)
red.save("animated.webp", exif=exif, save_all=True, append_images=[blue])


def seen(name):
    with open(name, "rb") as file:
        content = file.read()
        file.seek(0)
        date = exifread.process_file(file).get("EXIF DateTimeOriginal", "no date")
    start = content.index(b"EXIF") + 8
    rust = subprocess.run(["target/debug/shows", name], capture_output=True, check=True, text=True)
    pillow = Image.open(name).getexif().get_ifd(EXIF)[DATE_TIME_ORIGINAL]
    lines = [f"EXIF begins with {content[start:start + 8]}", *rust.stdout.splitlines()]
    lines += [f"ExifRead:     {date}", f"Pillow:       {pillow}"]
    print(name, *lines, sep="\n  ")
    return [line.endswith("no date") for line in lines[1:]]


still, animated = seen("still.webp"), seen("animated.webp")
sys.exit(0 if (still, animated) == ([False, False, True, False], [True, True, False, False]) else 1)
PYTHON
