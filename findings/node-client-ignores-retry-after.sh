#!/bin/sh
# @googleapis/storage 21.2.0 with googleapis-common 8.0.3 and gaxios 7.1.3, Node 20, 28 November 2026.
#
# A server that wants fewer calls says with 429 or 503 how long to wait (`Retry-After`, RFC 9110,
# section 10.2.3). This client retries a GET by itself, three times, and looks at no header: the
# attempts come after 0.1, 0.6 and 2.1 seconds, whatever the server asks for. An emulator that sends
# `Retry-After: 30` and counts calls sees four in 2.2 seconds. A POST is not retried.
#
# It printed:
#
#     Retry-After: 30
#     GET
#       attempts: 4, all within 30 s: true
#       ends with 429
#     POST
#       attempts: 1, all within 30 s: true
#       ends with 429
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund \
    @googleapis/storage@21.2.0 googleapis-common@8.0.3 gaxios@7.1.3 || exit 2
node - <<'JAVASCRIPT'
const http = require('http');
const { storage } = require('@googleapis/storage');

let times = [];
const server = http.createServer((request, response) => {
  times.push(Date.now());
  response.writeHead(429, { 'retry-after': '30', 'content-type': 'application/json' });
  response.end('{"error": {"code": 429, "message": "Too many."}}');
});

async function attempts(call) {
  times = [];
  const status = await call().then(() => 'success', (error) => error.status);
  console.log(`  attempts: ${times.length}, all within 30 s: ${times.at(-1) - times[0] < 30000}`);
  console.log('  ends with', status);
  return times.length;
}

server.listen(0, '127.0.0.1', async () => {
  const client = storage({ version: 'v1', rootUrl: `http://127.0.0.1:${server.address().port}/` });
  console.log('Retry-After: 30');
  console.log('GET');
  const reads = await attempts(() => client.objects.get({ bucket: 'b', object: 'o' }));
  const took = times.at(-1) - times[0];
  console.log('POST');
  const writes = await attempts(() => client.objects.insert({ bucket: 'b', requestBody: { name: 'o' } }));
  server.closeAllConnections();
  server.close();
  process.exitCode = reads === 4 && writes === 1 && took < 30000 ? 0 : 1;
});
JAVASCRIPT
