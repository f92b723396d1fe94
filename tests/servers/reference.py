"""The calls of `programs/bin/reference.rs`, made by google-api-python-client.

python reference.py DOCUMENTS ADDRESS FILES prints `{row: [request]}`, where a row that the client
refuses has the text of its error in place of requests.
"""

import json
import os
import sys
import urllib.request

import httplib2
from googleapiclient.discovery import build_from_document
from googleapiclient.http import MediaFileUpload, MediaInMemoryUpload

documents, address, files = sys.argv[1:]


def service(name):
    """A client for a document of ours whose server is the recorder."""
    with open(os.path.join(documents, name + ".json"), encoding="utf-8") as file:
        document = json.load(file)
    document["rootUrl"] = address
    document["baseUrl"] = address + document["servicePath"]
    return build_from_document(document, http=httplib2.Http())


def upload(content_type, data=b"a,b", resumable=False):
    return MediaInMemoryUpload(data, mimetype=content_type, resumable=resumable)


objects = service("storage-v1").objects()
drive = service("drive-v3").files()
pubsub = service("pubsub-v1").projects()
firestore = service("firestore-v1").projects().databases().documents()
messages = service("gmail-v1").users().messages()

ROOT = "projects/p/databases/(default)/documents"
NAMES = [
    "plain", "folder/file.txt", "a/../b", "a//b", "with space", "übung/日本", "a%2Fb", "100%",
    "a+b&c=d;e:f@g!h$i'j(k)l*m,n?o#p[q]r~s",
]
IDS = ["plain", "with space", "übung", "a.b", "a~b", "a'b", "a:b", "a+b"]
ENDINGS = ["eml", "pdf", "txt", "json", "csv", "mp3", "png", "jpg", "mp4"]

rows = {f"object {name}": lambda name=name: objects.get(bucket="b", object=name) for name in NAMES}
rows |= {
    f"document {id}": lambda id=id: firestore.get(name=f"{ROOT}/c/{id}") for id in IDS
}
rows |= {
    f"file.{ending}": lambda ending=ending: drive.create(
        body={"name": "f"}, media_body=MediaFileUpload(os.path.join(files, "file." + ending))
    )
    for ending in ENDINGS
}
rows |= {
    "list": lambda: objects.list(bucket="b", prefix="a b/ü&+", maxResults=3, pageToken="x=/+%"),
    "delete": lambda: objects.delete(bucket="b", object="a/b", ifGenerationMatch="9007199254740993"),
    "patch": lambda: objects.patch(bucket="b", object="a/b", body={"contentType": "text/html"}),
    "copy": lambda: objects.copy(
        sourceBucket="b", sourceObject="a/b", destinationBucket="c", destinationObject="d/e", body={}
    ),
    "download": lambda: objects.get_media(bucket="b", object="a/b"),
    "multipart": lambda: objects.insert(
        bucket="b", body={"name": "a/b", "contentType": "text/csv"}, media_body=upload("text/csv")
    ),
    "multipart, name as a parameter": lambda: objects.insert(
        bucket="b", name="a/b c", body={}, media_body=upload("text/csv")
    ),
    "resumable": lambda: objects.insert(
        bucket="b",
        body={"name": "a/b", "contentType": "text/csv"},
        media_body=upload("text/csv", resumable=True),
    ),
    "resumable, empty": lambda: objects.insert(
        bucket="b", body={"name": "a/b"}, media_body=upload("text/csv", b"", resumable=True)
    ),
    "resumable, into a file": lambda: drive.update(
        fileId="x y", body={"name": "n"}, media_body=upload("text/csv", resumable=True)
    ),
    "multipart, into a file": lambda: drive.update(
        fileId="x y", body={"name": "n"}, media_body=upload("text/csv")
    ),
    "message": lambda: messages.send(
        userId="me", body={"threadId": "t"}, media_body=upload("message/rfc822")
    ),
    "message, resumable": lambda: messages.send(
        userId="a@b.c", body={}, media_body=upload("message/rfc822", resumable=True)
    ),
    "message without bytes": lambda: messages.send(userId="me", body={"raw": "YSxi"}),
    "topic": lambda: pubsub.topics().get(topic="projects/p/topics/t"),
    "topic with a plus": lambda: pubsub.topics().get(topic="projects/p/topics/a+b"),
    "topic with a percent": lambda: pubsub.topics().get(topic="projects/p/topics/a%20b"),
    "topic that is made": lambda: pubsub.topics().create(name="projects/p/topics/t", body={}),
    "topics of a project": lambda: pubsub.topics().list(project="projects/p", pageSize=2),
    "verb": lambda: pubsub.topics().publish(
        topic="projects/p/topics/t", body={"messages": [{"data": "-_8="}]}
    ),
    "topic of another kind": lambda: pubsub.topics().get(topic="projects/p/subscriptions/s"),
    "document that changes": lambda: firestore.patch(
        name=f"{ROOT}/c/d", body={"fields": {"a": {"booleanValue": True}}}, updateMask_fieldPaths=["a", "b.c"]
    ),
    "document below a document": lambda: firestore.createDocument(
        parent=f"{ROOT}/c/d", collectionId="e", documentId="f g", body={}
    ),
    "query below a document": lambda: firestore.runQuery(parent=f"{ROOT}/c/d", body={}),
    "query at the root": lambda: firestore.runQuery(parent=ROOT, body={}),
    "several documents": lambda: firestore.batchGet(
        database="projects/p/databases/(default)", body={"documents": [f"{ROOT}/c/d"]}
    ),
}


def recorded():
    with urllib.request.urlopen(address + "recorded") as response:
        return json.load(response)


def outcome(call):
    try:
        call().execute()
    except TypeError as error:
        return str(error)
    return recorded()


print(json.dumps({row: outcome(call) for row, call in rows.items()}))
