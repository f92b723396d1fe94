#!/bin/sh
# @googleapis/storage 21.2.0 with googleapis-common 8.0.3, Node 20, 28 November 2026.
#
# A client that is made with `rootUrl`, the option that leads it to an emulator, sends its calls there,
# but its uploads to the real service with the credentials that it has: the address of an upload comes
# from the options of the call alone. `rootUrl` has to be given to each upload again.
#
# It printed:
#
#     rootUrl: http://emulator.example:9023/
#     get goes to emulator.example:9023
#     an upload goes to storage.googleapis.com
#     an upload with rootUrl of its own goes to emulator.example:9023
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run. Nothing is sent: requests
# end in a function.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @googleapis/storage@21.2.0 googleapis-common@8.0.3 || exit 2
node - <<'JAVASCRIPT'
const { storage } = require('@googleapis/storage');

let seen;
const fetchImplementation = async (url) => {
  seen = new URL(String(url.url ?? url)).host;
  return new Response('{}', { headers: { 'content-type': 'application/json' } });
};
const rootUrl = 'http://emulator.example:9023/';
const client = storage({ version: 'v1', rootUrl, fetchImplementation });
const upload = { bucket: 'b', requestBody: { name: 'o' }, media: { mimeType: 'text/plain', body: 'x' } };

async function host(call) {
  seen = undefined;
  await call();
  return seen;
}

(async () => {
  const get = await host(() => client.objects.get({ bucket: 'b', object: 'o' }));
  const insert = await host(() => client.objects.insert(upload));
  const again = await host(() => client.objects.insert(upload, { rootUrl }));
  console.log('rootUrl:', rootUrl);
  console.log('get goes to', get);
  console.log('an upload goes to', insert);
  console.log('an upload with rootUrl of its own goes to', again);
  const surprising = get === 'emulator.example:9023' && insert === 'storage.googleapis.com';
  process.exitCode = surprising ? 0 : 1;
})();
JAVASCRIPT
