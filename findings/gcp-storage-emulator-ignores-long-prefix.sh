#!/bin/sh
# gcp-storage-emulator 2026.7.19 with google-api-python-client 2.202.0 (PyPI), Python 3.11,
# 28 November 2026.
#
# The name of an object may have 1,024 bytes (https://cloud.google.com/storage/docs/objects#naming), and a
# letter outside of ASCII takes up to nine characters of a URL. A GET whose URL is longer than 2,048
# characters goes out from the client as a POST with `X-HTTP-Method-Override: GET` and the parameters in
# its body, which Google's services understand. The emulator calls the method, and does not look at the
# parameters: a long `prefix` lists the whole bucket. What deletes the objects below a folder, when tested
# with it, deletes the others too if the name of the folder is long enough.
#
# The header came with https://github.com/oittaa/gcp-storage-emulator/pull/57, for calls that have their
# parameters in the URL.
#
# It printed:
#
#     prefix of 100 letters, URL of 942 characters after the host:
#       /image
#     prefix of 300 letters, URL of 2742 characters after the host:
#       keep /image /image
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet \
    gcp-storage-emulator==2026.7.19 google-api-python-client==2.202.0 || exit 2
"$folder/bin/python" - <<'PYTHON'
import sys
import urllib.request
from urllib.parse import quote
from gcp_storage_emulator.server import create_server
from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build

PORT = 0
server = create_server("127.0.0.1", PORT, in_memory=True, default_bucket="bucket")
server.start()
while server._api._httpd is None:
    pass
url = f"http://127.0.0.1:{server._api._httpd.server_address[1]}"
options = {"api_endpoint": f"{url}/storage/v1/"}
credentials = AnonymousCredentials()
service = build("storage", "v1", static_discovery=True, credentials=credentials, client_options=options)


def listed(letters):
    prefix = "写" * letters + "/"
    upload = f"{url}/upload/storage/v1/b/bucket/o?uploadType=media&name={quote(prefix, safe='')}image"
    urllib.request.urlopen(urllib.request.Request(upload, b"content", method="POST")).close()
    request = service.objects().list(bucket="bucket", prefix=prefix)
    print(f"prefix of {letters} letters, URL of {len(request.uri) - len(url)} characters after the host:")
    names = [item["name"].lstrip("写") for item in request.execute()["items"]]
    print(" ", *names)
    return names


try:
    keep = f"{url}/upload/storage/v1/b/bucket/o?uploadType=media&name=keep"
    urllib.request.urlopen(urllib.request.Request(keep, b"content", method="POST")).close()
    short, long = listed(100), listed(300)
finally:
    server.stop()
sys.exit(0 if short == ["/image"] and long == ["keep", "/image", "/image"] else 1)
PYTHON
