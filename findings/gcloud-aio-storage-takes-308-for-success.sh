#!/bin/sh
# gcloud-aio-storage 9.6.5 with gcloud-aio-auth 5.6.0 and aiohttp 3.14.5 (PyPI), Python 3.11,
# 28 November 2026.
#
# Over 5 MB, `upload` opens a resumable session and sends everything with one PUT. If that fails with
# 503, it sends everything again under `Content-Range: bytes */*`, by which a client asks what the
# session has; Cloud Storage responds with 308 and the range that it has, or without one if it has
# nothing (https://cloud.google.com/storage/docs/performing-resumable-uploads#status-check). The client
# takes 308, which is below 400, for success, and returns `None`. No error, no log, no object.
#
# The server here responds as that page says. What the real one does with bytes under such a header is
# not documented; with or without them, the client has to read the range and go on from there.
#
# It printed:
#
#     PUT of 6291456 bytes, Content-Range: None -> 503
#     PUT of 6291456 bytes, Content-Range: bytes */* -> 308
#     upload returns None
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet \
    gcloud-aio-storage==9.6.5 gcloud-aio-auth==5.6.0 aiohttp==3.14.5 || exit 2
"$folder/bin/python" - <<'PYTHON'
import asyncio
import http.server
import sys
import threading
from gcloud.aio.storage import Storage

SIZE = 6 * 1024 * 1024
seen = []


class Session(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.respond(200, location=f"{url}/session")

    def do_PUT(self):
        size = len(self.rfile.read(int(self.headers["content-length"])))
        content_range = self.headers["content-range"]
        status = 503 if not seen else 308 if content_range == "bytes */*" else 200
        seen.append((size, content_range, status))
        self.respond(status)

    def respond(self, status, **headers):
        self.send_response(status)
        for name, value in {"content-length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Session)
url = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()


async def upload():
    async with Storage(api_root=url) as storage:
        return await storage.upload("bucket", "object", bytes(SIZE))


returned = asyncio.run(upload())
for size, content_range, status in seen:
    print(f"PUT of {size} bytes, Content-Range: {content_range} -> {status}")
print("upload returns", returned)
server.shutdown()
sys.exit(0 if seen == [(SIZE, None, 503), (SIZE, "bytes */*", 308)] and returned is None else 1)
PYTHON
