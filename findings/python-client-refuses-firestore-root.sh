#!/bin/sh
# google-api-python-client 2.202.0 and the documents inside of it, Python 3.11, 28 November 2026.
#
# The document of Firestore v1 describes `parent` of `documents.runQuery` as `projects/{project_id}/
# databases/{database_id}/documents` or something below. Its `pattern` is
# `^projects/[^/]+/databases/[^/]+/documents/[^/]+/.*$`, which only the second form matches. The client
# believes the pattern: a query of a collection at the root, the commonest there is, cannot be made.
# So a pattern is no complete list of the values that a method takes: a document has one route for a
# method, and the service may have more.
#
# It printed:
#
#     runQuery: an error, the pattern is ^projects/[^/]+/databases/[^/]+/documents/[^/]+/.*$
#     runAggregationQuery: an error, the pattern is ^projects/[^/]+/databases/[^/]+/documents/[^/]+/.*$
#     listCollectionIds: an error, the pattern is ^projects/[^/]+/databases/[^/]+/documents/[^/]+/.*$
#     createDocument: an error, the pattern is ^projects/[^/]+/databases/[^/]+/documents/.*$
#     root: projects/p/databases/(default)/documents
#     4 of 4 descriptions allow the root; the client refuses it for 4 of 4
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run. Nothing is sent.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet google-api-python-client==2.202.0 || exit 2
"$folder/bin/python" - <<'PYTHON'
import json
import sys
from googleapiclient.discovery import build
from googleapiclient.discovery_cache import get_static_doc

document = json.loads(get_static_doc("firestore", "v1"))
methods = document["resources"]["projects"]["resources"]["databases"]["resources"]["documents"]["methods"]
service = build("firestore", "v1", static_discovery=True, developerKey="key")
documents = service.projects().databases().documents()
root = "projects/p/databases/(default)/documents"
described, refused = 0, 0
for method in ["runQuery", "runAggregationQuery", "listCollectionIds", "createDocument"]:
    parent = methods[method]["parameters"]["parent"]
    described += "`projects/{project_id}/databases/{database_id}/documents`" in parent["description"]
    arguments = {"collectionId": "c"} if method == "createDocument" else {}
    try:
        print(f"{method}: {getattr(documents, method)(parent=root, body={}, **arguments).uri}")
    except TypeError as error:
        refused += f'"{parent["pattern"]}"' in str(error)
        print(f"{method}: an error, the pattern is {parent['pattern']}")
print("root:", root)
print(f"{described} of 4 descriptions allow the root; the client refuses it for {refused} of 4")
sys.exit(0 if described == refused == 4 else 1)
PYTHON
