#!/bin/sh
# google-cloud-storage 3.17.1 (PyPI), Python 3.11, 28 November 2026.
#
# `with blob.open("wb") as file` gives up the upload when an exception leaves the block, since 3.0
# (https://github.com/googleapis/python-storage/issues/1228). With `"w"`, for text, it does not: what was
# written by then is uploaded, and takes the place of the object that was there. An export that fails at
# its second line leaves a file of one line, which looks complete, instead of the last good one. The user
# holds a `TextIOWrapper` around the writer, and that one closes at the end of a block, whatever ended it.
#
# It printed:
#
#     open("wb"), then RuntimeError('no more rows'): the object is 'id,title\n1,Iceland\n'
#     open("w"), then RuntimeError('no more rows'): the object is 'id,title\n'
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet google-cloud-storage==3.17.1 || exit 2
"$folder/bin/python" - <<'PYTHON'
import base64
import http.server
import json
import sys
import threading
import google_crc32c
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

FIRST, SECOND = "id,title\n", "1,Iceland\n"
stored = {}


class Sessions(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        name = json.loads(self.body())["name"]
        self.respond(b"{}", location=f"{url}/{name}")

    def do_PUT(self):
        name, content = self.path.strip("/"), self.body()
        stored[name] = content.decode()
        crc = base64.b64encode(google_crc32c.Checksum(content).digest()).decode()
        self.respond(json.dumps({"name": name, "size": len(content), "crc32c": crc}).encode())

    def do_DELETE(self):
        self.respond(b"")

    def body(self):
        return self.rfile.read(int(self.headers["content-length"]))

    def respond(self, body, **headers):
        self.send_response(200)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sessions)
url = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
options = {"api_endpoint": url}
client = storage.Client(project="p", credentials=AnonymousCredentials(), client_options=options)


def export(name, mode, encode):
    stored[name] = FIRST + SECOND
    try:
        with client.bucket("bucket").blob(name).open(mode) as file:
            file.write(encode(FIRST))
            raise RuntimeError("no more rows")
    except RuntimeError as error:
        print(f'open("{mode}"), then {error!r}: the object is {stored[name]!r}')
    return stored[name]


binary = export("binary", "wb", str.encode)
text = export("text", "w", str)
server.shutdown()
sys.exit(0 if (binary, text) == (FIRST + SECOND, FIRST) else 1)
PYTHON
