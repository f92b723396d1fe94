#!/bin/sh
# gcp-storage-emulator 2026.7.19 (PyPI), Python 3.11, 28 November 2026.
#
# Cloud Storage says of a resumable session that got no byte yet `308` without a `Range` header, and
# clients have to take the missing header for no bytes
# (https://cloud.google.com/storage/docs/performing-resumable-uploads#status-check). This server says
# `Range: bytes=0-0`, which means one byte. A client that goes on where the server is sends the
# content from its second byte on, and the server responds with 400.
#
# It printed:
#
#     a session without bytes: 308 Range: bytes=0-0
#     the content from its second byte on: 400
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet gcp-storage-emulator==2026.7.19 || exit 2
"$folder/bin/python" - <<'PYTHON'
import sys
import urllib.error
import urllib.request
from gcp_storage_emulator.server import create_server

PORT = 0
server = create_server("127.0.0.1", PORT, in_memory=True, default_bucket="bucket")
server.start()
while server._api._httpd is None:
    pass
url = f"http://127.0.0.1:{server._api._httpd.server_address[1]}"


def send(method, url, body=b"", **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


start = f"{url}/upload/storage/v1/b/bucket/o?uploadType=resumable&name=object"
session = send("POST", start, b"{}", content_type="application/json")[1]["location"]
status, headers = send("PUT", session, content_range="bytes */6")
print("a session without bytes:", status, "Range:", headers["range"])
follows, _ = send("PUT", session, b"ytes!", content_range="bytes 1-5/6")
print("the content from its second byte on:", follows)
server.stop()
sys.exit(0 if (status, headers["range"], follows) == (308, "bytes=0-0", 400) else 1)
PYTHON
