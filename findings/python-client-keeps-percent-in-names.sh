#!/bin/sh
# google-api-python-client 2.202.0 with uritemplate 4.2.0, Python 3.11, 28 November 2026.
#
# `%` is legal in the ids of Pub/Sub (https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names),
# and the document says `fullyEncodeReservedExpansion`. The client leaves `%` and two hex digits in a
# `{+topic}` as they are, so that two topics with different names have requests that mean the same one.
#
# In a plain `{object}` the same client encodes it. By http.proto of googleapis that should go
# out in both: of a variable with several segments, only `-_.~/` and letters and digits of ASCII
# stay as they are.
#
# It printed:
#
#     topic a%2Bb:  https://pubsub.googleapis.com/v1/projects/p/topics/a%2Bb
#     topic a+b:    https://pubsub.googleapis.com/v1/projects/p/topics/a+b
#     object a%2Bb: https://storage.googleapis.com/storage/v1/b/b/o/a%252Bb
#     two topics, one decoded path: True
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run. Nothing is sent.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet google-api-python-client==2.202.0 uritemplate==4.2.0 || exit 2
"$folder/bin/python" - <<'PYTHON'
import sys
from urllib.parse import unquote
from googleapiclient.discovery import build

topics = build("pubsub", "v1", static_discovery=True, developerKey="key").projects().topics()
objects = build("storage", "v1", static_discovery=True, developerKey="key").objects()


def path(uri):
    return uri.split("?")[0]


percent = path(topics.get(topic="projects/p/topics/a%2Bb").uri)
plus = path(topics.get(topic="projects/p/topics/a+b").uri)
plain = path(objects.get(bucket="b", object="a%2Bb").uri)
print("topic a%2Bb: ", percent)
print("topic a+b:   ", plus)
print("object a%2Bb:", plain)
same = unquote(percent) == unquote(plus)
print("two topics, one decoded path:", same)
sys.exit(0 if same and plain.endswith("a%252Bb") else 1)
PYTHON
