#!/bin/sh
# google-api-core 2.44.0 under google-cloud-storage 3.17.1 (PyPI), Python 3.11, 28 November 2026.
#
# An error of a Google API is `{"error": {...}}`. Now and then the field is text, as OAuth has it
# (https://www.rfc-editor.org/rfc/rfc6749#section-5.2); Cloud Storage was seen to send that
# (https://github.com/fsspec/gcsfs/issues/630). Then the clients for Python raise an AttributeError in
# place of the error of HTTP. It has no status, what catches `GoogleAPIError` does not see it, and a 503
# that would be retried ends the program. With a body that is no JSON at all it is retried.
#
# For a list in place of the object it was changed this year
# (https://github.com/googleapis/google-cloud-python/issues/18223), for text it was not.
#
# It printed:
#
#     503 {"error": {"code": 503}}, then 200:
#       success
#     503 unavailable, then 200:
#       success
#     503 {"error": "unavailable"}, then 200:
#       AttributeError("'str' object has no attribute 'get'")
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet google-cloud-storage==3.17.1 google-api-core==2.44.0 || exit 2
"$folder/bin/python" - <<'PYTHON'
import http.server
import sys
import threading
from google.api_core.exceptions import GoogleAPIError
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

bodies = []


class Unavailable(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, body = (503, bodies.pop()) if bodies else (200, b'{"name": "object"}')
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Unavailable)
threading.Thread(target=server.serve_forever, daemon=True).start()
options = {"api_endpoint": f"http://127.0.0.1:{server.server_port}"}
client = storage.Client(project="p", credentials=AnonymousCredentials(), client_options=options)


def reload(body):
    bodies.append(body)
    try:
        client.bucket("bucket").blob("object").reload()
        end = "success"
    except GoogleAPIError as error:
        end = f"GoogleAPIError: {error}"
    except Exception as error:
        end = repr(error)
    print(f"503 {body.decode()}, then 200:", end, sep="\n  ")
    return end


ends = [reload(b'{"error": {"code": 503}}'), reload(b"unavailable"), reload(b'{"error": "unavailable"}')]
server.shutdown()
text = """AttributeError("'str' object has no attribute 'get'")"""
sys.exit(0 if ends == ["success", "success", text] else 1)
PYTHON
