"""A server that keeps each request as it arrived, and gives it to whoever asks for /recorded.

python recorder.py PORT
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

recorded = []


class Recorder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def record(self):
        if self.path == "/recorded":
            requests, recorded[:] = list(recorded), []
            return self.respond(json.dumps(requests).encode(), {})
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        recorded.append(
            {
                "line": self.requestline,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                # Each byte becomes the character of its number.
                "body": body.decode("latin-1"),
            }
        )
        session = {}
        if "uploadType=resumable" in self.path and "session" not in self.path:
            session["Location"] = f"http://{self.headers['host']}/session"
        return self.respond(b"{}", session)

    def respond(self, body, headers):
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = record

    def log_message(self, *arguments):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Recorder).serve_forever()
