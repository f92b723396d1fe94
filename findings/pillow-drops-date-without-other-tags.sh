#!/bin/sh
# Pillow 13.0.0 (PyPI), Python 3.11, 28 November 2026.
#
# Who gives scans the date when they were taken, or the place, adds them to the directories `Exif` and
# `GPSInfo` (`Exif.get_ifd`). If the EXIF has no tag beside those, Pillow writes none of it to a PNG or an
# AVIF, without a word; a JPEG and a WebP get it. `Exif` counts the tags outside of the directories only,
# so that one without such tags is false, and two writers ask whether it is. One more tag, such as the
# maker of the scanner, and they write everything. That of TIFF goes through the counted tags, and writes
# neither date nor place even then. `exif=exif.tobytes()` in place of `exif=exif` helps in all of them.
#
# `Exif.tobytes` itself forgot new directories before (https://github.com/python-pillow/Pillow/issues/8634).
#
# It printed:
#
#     date and place are kept in
#     no other tag:              jpeg webp
#     no other tag, as bytes:    jpeg webp png tiff avif
#     the maker beside them:     jpeg webp png avif
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet pillow==13.0.0 || exit 2
cd "$folder"
"$folder/bin/python" - <<'PYTHON'
import sys
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

FORMATS = ["jpeg", "webp", "png", "tiff", "avif"]


def kept(name, exif):
    kept = []
    for format in FORMATS:
        Image.new("RGB", (8, 8)).save(f"image.{format}", exif=exif)
        with Image.open(f"image.{format}") as image:
            read = image.getexif()
            date, place = read.get_ifd(IFD.Exif), read.get_ifd(IFD.GPSInfo)
        if Base.DateTimeOriginal in date and GPS.GPSLatitude in place:
            kept.append(format)
    print(f"{name}:".ljust(26), " ".join(kept))
    return kept


exif = Image.Exif()
exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "1987:06:05 12:00:00"
exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (64.0, 8.0, 0.0)
print("date and place are kept in")
alone = kept("no other tag", exif)
tobytes = kept("no other tag, as bytes", exif.tobytes())
exif[Base.Make] = "Scanner"
beside = kept("the maker beside them", exif)
lost = [set(FORMATS) - set(kept) for kept in (alone, beside, tobytes)]
sys.exit(0 if lost == [{"png", "tiff", "avif"}, {"tiff"}, set()] else 1)
PYTHON
