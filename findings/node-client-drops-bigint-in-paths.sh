#!/bin/sh
# @googleapis/compute 42.0.0 with googleapis-common 8.0.3 (url-template 2.0.8), Node 20, 28 November 2026.
#
# A resource of Compute is named by its name or by its id, an unsigned number of 64 bits, for which the
# type in JavaScript is BigInt. In the query the client writes a BigInt as its digits. In the path it
# writes nothing, and its check for required parameters is content, so that what deletes one instance
# goes out without its name (`123n` below). Text works in both places, and so does a small number.
#
# It printed:
#
#     '123':     /z/instances/123?requestId=123
#     123:       /z/instances/123?requestId=123
#     123n:      /z/instances/?requestId=123
#     undefined: Missing required parameters: instance
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run. Nothing is sent: requests
# end in a function.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @googleapis/compute@42.0.0 googleapis-common@8.0.3 url-template@2.0.8 || exit 2
node - <<'JAVASCRIPT'
const { compute } = require('@googleapis/compute');

let seen;
const fetchImplementation = async (url) => {
  seen = new URL(String(url.url ?? url));
  return new Response('{}', { headers: { 'content-type': 'application/json' } });
};
const instances = compute({ version: 'v1', fetchImplementation }).instances;

async function request(id) {
  await instances.delete({ project: 'p', zone: 'z', instance: id, requestId: id });
  return seen.pathname.split('/zones')[1] + seen.search;
}

(async () => {
  const text = await request('123');
  const number = await request(123);
  const big = await request(123n);
  let missing = 'no error';
  try {
    await request(undefined);
  } catch (error) {
    missing = error.message;
  }
  console.log("'123':    ", text);
  console.log('123:      ', number);
  console.log('123n:     ', big);
  console.log('undefined:', missing);
  const whole = '/z/instances/123?requestId=123';
  const surprising = text === whole && number === whole && big === '/z/instances/?requestId=123';
  process.exitCode = surprising && /^Missing required parameters: instance/.test(missing) ? 0 : 1;
})();
JAVASCRIPT
