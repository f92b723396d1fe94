#!/bin/sh
# google-cloud-storage 3.17.1 with google-api-core 2.44.0 and google-cloud-core 2.8.0 (PyPI), Python 3.11,
# 28 November 2026.
#
# `retain_until_time` of an object, before which nobody can delete it, and `custom_time`, from which
# lifecycle rules count, take a `datetime`. Of one that knows its time zone, the client writes the hours
# of the wall clock with `Z` behind them: noon in Los Angeles goes out as noon in Greenwich. The object is
# without protection for its last eight hours; east of Greenwich it is locked for longer than was said,
# which nobody can take back in the mode `Locked`. A signed URL of the same client gets the moment right.
#
# The function that writes the text ignores the zone unless it is told not to, and was made so in
# https://github.com/googleapis/google-cloud-python/pull/2041.
#
# It printed:
#
#     given:             2027-01-01T12:00:00-08:00 = 2027-01-01T20:00:00+00:00
#     retainUntilTime:   2027-01-01T12:00:00.000000Z
#     customTime:        2027-01-01T12:00:00.000000Z
#     custom_time again: 2027-01-01T12:00:00+00:00 - the same moment: False
#     signed URL until:  2027-01-01T20:00:00+00:00 - the same moment: True
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run. Nothing is sent.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet \
    google-cloud-storage==3.17.1 google-api-core==2.44.0 google-cloud-core==2.8.0 || exit 2
"$folder/bin/python" - <<'PYTHON'
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit
from google.auth.credentials import AnonymousCredentials, Signing
from google.cloud import storage


class Signer(AnonymousCredentials, Signing):
    signer = None
    signer_email = "signer@example.com"

    def sign_bytes(self, message):
        return b"signature"


noon = datetime(2027, 1, 1, 12, tzinfo=timezone(timedelta(hours=-8)))
blob = storage.Client(project="p", credentials=AnonymousCredentials()).bucket("bucket").blob("object")
blob.retention.mode = "Locked"
blob.retention.retain_until_time = noon
blob.custom_time = noon
retention = blob._properties["retention"]["retainUntilTime"]
custom = blob._properties["customTime"]
read = blob.custom_time
url = blob.generate_signed_url(noon, version="v2", credentials=Signer())
signed = datetime.fromtimestamp(int(parse_qs(urlsplit(url).query)["Expires"][0]), timezone.utc)
print("given:            ", noon.isoformat(), "=", noon.astimezone(timezone.utc).isoformat())
print("retainUntilTime:  ", retention)
print("customTime:       ", custom)
print("custom_time again:", read.isoformat(), "- the same moment:", read == noon)
print("signed URL until: ", signed.isoformat(), "- the same moment:", signed == noon)
wrong = "2027-01-01T12:00:00.000000Z"
sys.exit(0 if retention == custom == wrong and read != noon and signed == noon else 1)
PYTHON
