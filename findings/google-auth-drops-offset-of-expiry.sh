#!/bin/sh
# google-auth 2.63.0 (PyPI), Python 3.11, 28 November 2026.
#
# A file of the type `authorized_user` can have the `expiry` of its access token, as RFC 3339
# (https://www.rfc-editor.org/rfc/rfc3339#section-5.6). With a fraction of a second, everything from
# its point on is dropped, the offset too: what expired an hour ago, said at an offset of +02:00,
# counts as valid for most of another hour, and is sent. The same moment without the fraction is a
# ValueError, and with `Z` it is right.
#
# It printed:
#
#     a token that expired an hour ago is valid:
#       fraction and Z:      False
#       +02:00:              ValueError
#       fraction and +02:00: True
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run. Nothing is sent.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet google-auth==2.63.0 || exit 2
"$folder/bin/python" - <<'PYTHON'
import sys
from datetime import datetime, timedelta, timezone
from google.oauth2.credentials import Credentials

expired = datetime.now(timezone.utc) - timedelta(hours=1)
east = expired.astimezone(timezone(timedelta(hours=2)))


def is_valid(expiry):
    user = {"client_id": "c", "client_secret": "s", "refresh_token": "r", "token": "t", "expiry": expiry}
    try:
        return Credentials.from_authorized_user_info(user).valid
    except ValueError as error:
        return type(error).__name__


zulu = is_valid(expired.strftime("%Y-%m-%dT%H:%M:%S.5Z"))
whole = is_valid(east.strftime("%Y-%m-%dT%H:%M:%S+02:00"))
fraction = is_valid(east.strftime("%Y-%m-%dT%H:%M:%S.5+02:00"))
print("a token that expired an hour ago is valid:")
print("  fraction and Z:     ", zulu)
print("  +02:00:             ", whole)
print("  fraction and +02:00:", fraction)
sys.exit(0 if (zulu, whole, fraction) == (False, "ValueError", True) else 1)
PYTHON
