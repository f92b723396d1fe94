#!/bin/sh
# @googleapis/drive 22.0.0 with googleapis-common 8.0.3 and gaxios 7.1.3, Node 20, 28 November 2026;
# drive 26.0.1 with googleapis-common 9.3.1 and gaxios 8.3.3, which need Node 22, do the same.
#
# The client retries a PUT by itself after 429 and 5xx. Uploads that replace content are PUTs in
# `files.update` of Drive v2, `captions.update` of YouTube and `drafts.update` of Gmail. A stream has
# been read by then, and a request with metadata is a stream even if all its parts are text: the second
# attempt goes out without a byte. Alone, with `uploadType=media`, that is what an upload of an empty
# file looks like, so that after one 503 the call succeeds and what was in the file is gone.
#
# Text without metadata is sent again whole; `retry: false` among the options of a call prevents it.
# Another HTTP library had the same (https://github.com/sindresorhus/got/issues/1382).
#
# It printed:
#
#     a stream:             ends with 200, sent 9 bytes, then 0 bytes
#     stream + metadata:    ends with 200, sent 208 bytes, then 0 bytes
#     text + metadata:      ends with 200, sent 208 bytes, then 0 bytes
#     text:                 ends with 200, sent 9 bytes, then 9 bytes
#     stream, retry: false: ends with an error, 503, sent 9 bytes
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund \
    @googleapis/drive@22.0.0 googleapis-common@8.0.3 gaxios@7.1.3 || exit 2
node - <<'JAVASCRIPT'
const http = require('http');
const { Readable } = require('stream');
const { drive } = require('@googleapis/drive');

const CONTENT = 'all of it';
let bodies = [];
const server = http.createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  bodies.push(body);
  response.writeHead(bodies.length === 1 ? 503 : 200, { 'content-type': 'application/json' });
  response.end('{}');
});

async function update(name, options, parameters) {
  bodies = [];
  const end = await drive({ version: 'v2' })
    .files.update({ fileId: 'f', ...parameters }, options)
    .then((response) => response.status, (error) => `an error, ${error.status}`);
  const last = bodies.at(-1);
  console.log(`${name} ends with ${end}, sent ${bodies.map((body) => body.length).join(' bytes, then ')} bytes`);
  return { attempts: bodies.length, bytes: last.length, whole: last.includes(CONTENT), end };
}

server.listen(0, '127.0.0.1', async () => {
  const options = { rootUrl: `http://127.0.0.1:${server.address().port}/` };
  const stream = () => ({ mimeType: 'text/plain', body: Readable.from([CONTENT]) });
  const text = { mimeType: 'text/plain', body: CONTENT };
  const requestBody = { title: 't' };
  const results = [
    await update('a stream:            ', options, { media: stream() }),
    await update('stream + metadata:   ', options, { media: stream(), requestBody }),
    await update('text + metadata:     ', options, { media: text, requestBody }),
  ];
  const whole = await update('text:                ', options, { media: text });
  const once = await update('stream, retry: false:', { ...options, retry: false }, { media: stream() });
  server.closeAllConnections();
  server.close();
  const empty = results.every(({ attempts, bytes, end }) => attempts === 2 && bytes === 0 && end === 200);
  process.exitCode = empty && whole.attempts === 2 && whole.whole && once.attempts === 1 ? 0 : 1;
});
JAVASCRIPT
