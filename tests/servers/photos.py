"""Every method of both Photos APIs, called by google-api-python-client.

python photos.py ADDRESS TOKEN PICTURES reads the discovery documents that the emulator at ADDRESS
serves, and uploads the files of the folder PICTURES. It prints `ok:` and the method for each that did
what it should, and ends with an error at the first that did not.
"""

import os
import sys

from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

address, token, pictures = sys.argv[1:]
credentials = Credentials(token)


def service(name, discovery):
    return build(
        name, "v1", credentials=credentials, static_discovery=False, cache_discovery=False,
        discoveryServiceUrl=address + discovery,
    )


def upload(path):
    """An upload token. The document has no method for this."""
    headers = {"X-Goog-Upload-Protocol": "raw", "X-Goog-Upload-Content-Type": "image/png"}
    with open(path, "rb") as file:
        response, body = AuthorizedHttp(credentials).request(
            address + "v1/uploads", "POST", body=file.read(), headers=headers
        )
    if response.status != 200:
        sys.exit(f"FAILED: upload: {response.status}")
    return body.decode()


def ok(method, holds):
    if not holds:
        sys.exit(f"FAILED: {method}")
    print(f"ok: {method}")


library = service("photoslibrary", "$discovery/rest?version={apiVersion}")
albums, items, shared = library.albums(), library.mediaItems(), library.sharedAlbums()

album = albums.create(body={"album": {"title": "One"}}).execute()
ok("albums.create", album["title"] == "One")
uploads = [upload(os.path.join(pictures, name)) for name in sorted(os.listdir(pictures))]
new = [{"simpleMediaItem": {"uploadToken": upload}} for upload in uploads]
created = items.batchCreate(body={"newMediaItems": new}).execute()["newMediaItemResults"]
ids = [result["mediaItem"]["id"] for result in created]
ok("mediaItems.batchCreate", len(ids) == 50)
ok("mediaItems.get", items.get(mediaItemId=ids[0]).execute()["id"] == ids[0])
# The address of this request is so long that the client sends it as a POST.
got = items.batchGet(mediaItemIds=ids).execute()["mediaItemResults"]
ok("mediaItems.batchGet", [result["mediaItem"]["id"] for result in got] == ids)
listed, request = [], items.list(pageSize=20)
while request is not None:
    page = request.execute()
    listed += page.get("mediaItems", [])
    request = items.list_next(request, page)
ok("mediaItems.list", len(listed) == 50)
patched = items.patch(id=ids[0], updateMask="description", body={"description": "d"})
ok("mediaItems.patch", patched.execute()["description"] == "d")
place = {"albumId": album["id"]}
albums.batchAddMediaItems(**place, body={"mediaItemIds": ids[:3]}).execute()
found = items.search(body=place).execute()["mediaItems"]
ok("albums.batchAddMediaItems", len(found) == 3)
ok("mediaItems.search", [item["id"] for item in found] == ids[:3])
albums.batchRemoveMediaItems(**place, body={"mediaItemIds": ids[:1]}).execute()
got = albums.get(**place).execute()
ok("albums.get", got["title"] == "One")
ok("albums.batchRemoveMediaItems", got["mediaItemsCount"] == "2")
ok("albums.list", len(albums.list().execute()["albums"]) == 1)
patched = albums.patch(id=album["id"], updateMask="title", body={"title": "Two"}).execute()
ok("albums.patch", patched["title"] == "Two")
enrichment = {
    "newEnrichmentItem": {"textEnrichment": {"text": "t"}},
    "albumPosition": {"position": "FIRST_IN_ALBUM"},
}
enriched = albums.addEnrichment(**place, body=enrichment).execute()
ok("albums.addEnrichment", "id" in enriched["enrichmentItem"])

share = albums.share(**place, body={"sharedAlbumOptions": {"isCollaborative": True}}).execute()
key = share["shareInfo"]["shareToken"]
ok("albums.share", bool(key))
ok("sharedAlbums.get", shared.get(shareToken=key).execute()["id"] == album["id"])
ok("sharedAlbums.list", len(shared.list().execute()["sharedAlbums"]) == 1)


def understood(request):
    """An owner can neither join nor leave their own album: only that it is understood is looked at."""
    try:
        return request.execute() is not None
    except HttpError as error:
        return error.resp.status == 400 and "Unknown name" not in str(error)


ok("sharedAlbums.join", understood(shared.join(body={"shareToken": key})))
ok("sharedAlbums.leave", understood(shared.leave(body={"shareToken": key})))
ok("albums.unshare", albums.unshare(**place, body={}).execute() == {})

picker = service("photospicker", "discovery/v1/apis/{api}/{apiVersion}/rest")
session = picker.sessions().create(body={"pickingConfig": {"maxItemCount": "3"}}).execute()
ok("picker.sessions.create", session["pickerUri"].startswith(address))
got = picker.sessions().get(sessionId=session["id"]).execute()
ok("picker.sessions.get", not got.get("mediaItemsSet", False))
try:
    picker.mediaItems().list(sessionId=session["id"]).execute()
    ok("picker.mediaItems.list", False)
except HttpError as error:
    ok("picker.mediaItems.list", "has not picked" in str(error))
ok("picker.sessions.delete", picker.sessions().delete(sessionId=session["id"]).execute() == {})
