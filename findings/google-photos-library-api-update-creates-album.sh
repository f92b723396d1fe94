#!/bin/sh
# google-photos-library-api 0.12.1 (PyPI) with aiohttp 3.14.5, Python 3.11, 28 November 2026; 1.0.1,
# which needs Python 3.13, does the same.
#
# The `update_album` of the client that Home Assistant uses takes a title and no id, and sends
# `POST /v1/albums`, which is `albums.create`
# (https://developers.google.com/photos/library/reference/rest/v1/albums/create); an update would be
# `PATCH /v1/albums/ID?updateMask=title`. Who renames an album has it under the old name, with all that
# is in it, and an empty one more under the new name. Photos has no call that deletes an album.
#
# It printed:
#
#     create_album:
#       POST /v1/albums
#     update_album:
#       POST /v1/albums
#     albums: {'id-1': 'Iceland', 'id-2': 'Iceland 2026'}
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder" || exit 2
"$folder/bin/pip" install --quiet google-photos-library-api==0.12.1 aiohttp==3.14.5 || exit 2
"$folder/bin/python" - <<'PYTHON'
import asyncio
import sys
from aiohttp import ClientSession, web
from google_photos_library_api.api import GooglePhotosLibraryApi
from google_photos_library_api.auth import AbstractAuth
from google_photos_library_api.model import NewAlbum

albums = {}
requests = []


async def respond(request):
    requests.append(f"{request.method} {request.path_qs}")
    print(" ", requests[-1])
    if request.method == "POST":
        title = (await request.json())["album"]["title"]
        album = {"id": f"id-{len(albums) + 1}", "title": title}
        albums[album["id"]] = title
        return web.json_response(album)
    return web.json_response({}, status=404)


class Auth(AbstractAuth):
    async def async_get_access_token(self):
        return "token"


async def main():
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", respond)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        api = GooglePhotosLibraryApi(Auth(session, f"http://127.0.0.1:{runner.addresses[0][1]}"))
        print("create_album:")
        await api.create_album(NewAlbum("Iceland"))
        print("update_album:")
        await api.update_album(NewAlbum("Iceland 2026"))
    print("albums:", albums)
    await runner.cleanup()


asyncio.run(main())
two = {"id-1": "Iceland", "id-2": "Iceland 2026"}
sys.exit(0 if requests == ["POST /v1/albums"] * 2 and albums == two else 1)
PYTHON
