#!/bin/sh
# little_exif 0.6.23 and kamadak-exif 0.6.2 (crates.io) with Pillow 13.0.0 (PyPI) and exifr 7.1.3 (npm),
# Rust 1.95.0, Python 3.11, Node 20, 28 November 2026.
#
# A PNG has its EXIF in the chunk `eXIf` (https://www.w3.org/TR/png-3/#eXIf). Who adds a description with
# little_exif gets all of it back as compressed text (`zTXt`, "Raw profile type exif"), the form of the
# years before that chunk, and the chunk is removed. kamadak-exif and exifr read the date before, and say
# that there is none after; what sorts photos with them puts it elsewhere. `as_zTXt_chunk: false`, as it is
# here, changes nothing in what is written: only `as_u8_vec` looks at it, which writes no file.
#
# Pillow and little_exif itself read both forms. That kamadak-exif does not is reported
# (https://github.com/kamadak/exif-rs/issues/52); Exiv2, which wrote text too, writes `eXIf` since 2022
# (https://github.com/Exiv2/exiv2/pull/2440).
#
# It printed:
#
#     chunks before:       IHDR eXIf IDAT IEND
#     chunks after:        IHDR zTXt IDAT IEND
#     kamadak-exif before: 2026-11-28 12:00:00
#     kamadak-exif after:  No Exif data found in PNG
#     exifr before:        2026-11-28T12:00:00.000Z
#     exifr after:         no date
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet pillow==13.0.0 || exit 2
cd "$folder"
npm install --silent --no-audit --no-fund exifr@7.1.3 || exit 2
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
use little_exif::{exif_tag::ExifTag, filetype::FileExtension, metadata::Metadata};
use std::{fs, io::Cursor, path::Path};

fn date(png: &[u8]) -> String {
    match exif::Reader::new().read_from_container(&mut Cursor::new(png)) {
        Ok(read) => read
            .get_field(exif::Tag::DateTimeOriginal, exif::In::PRIMARY)
            .map_or("no date".to_owned(), |field| field.display_value().to_string()),
        Err(error) => error.to_string(),
    }
}

fn main() {
    let before = fs::read("before.png").unwrap();
    let mut metadata = Metadata::new_from_path(Path::new("before.png")).unwrap();
    metadata.set_tag(ExifTag::ImageDescription("Iceland".to_owned()));
    let mut after = before.clone();
    let format = FileExtension::PNG { as_zTXt_chunk: false };
    metadata.write_to_vec(&mut after, format).unwrap();
    fs::write("after.png", &after).unwrap();
    println!("kamadak-exif before: {}", date(&before));
    println!("kamadak-exif after:  {}", date(&after));
}
RUST
cargo build --quiet || exit 2
"$folder/bin/python" - <<'PYTHON'
from PIL import Image

MAKE, DATE_TIME_ORIGINAL, EXIF = 0x010F, 0x9003, 0x8769
exif = Image.Exif()
exif[MAKE] = "Google"
exif.get_ifd(EXIF)[DATE_TIME_ORIGINAL] = "2026:11:28 12:00:00"
Image.new("RGB", (8, 8)).save("before.png", exif=exif)
PYTHON
node - <<'JAVASCRIPT'
const fs = require('fs');
const { execFileSync } = require('child_process');
const exifr = require('exifr');

function chunksOf(png) {
  const chunks = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.push(png.toString('latin1', at + 4, at + 8));
  }
  return chunks.join(' ');
}

(async () => {
  const read = execFileSync('target/debug/shows', { encoding: 'utf8' });
  const chunks = { before: chunksOf(fs.readFileSync('before.png')), after: chunksOf(fs.readFileSync('after.png')) };
  const dates = {};
  for (const name of ['before', 'after']) {
    const tags = await exifr.parse(`${name}.png`);
    dates[name] = tags?.DateTimeOriginal?.toISOString() ?? 'no date';
    console.log(`chunks ${name}:`.padEnd(20), chunks[name]);
  }
  process.stdout.write(read);
  console.log('exifr before:       ', dates.before);
  console.log('exifr after:        ', dates.after);
  const lost = /before: 2026-11-28.*\n.*after:  No Exif data/.test(read) && dates.after === 'no date';
  const same = lost && dates.before.startsWith('2026-11-28') && chunks.after === 'IHDR zTXt IDAT IEND';
  process.exitCode = same && chunks.before === 'IHDR eXIf IDAT IEND' ? 0 : 1;
})();
JAVASCRIPT
