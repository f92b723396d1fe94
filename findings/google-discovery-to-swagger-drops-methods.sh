#!/bin/sh
# google-discovery-to-swagger 2.1.0 (npm) with the documents inside of google-api-python-client 2.202.0
# (PyPI), Node 20, Python 3.11, 28 November 2026.
#
# The library behind `api-spec-converter --from=google`, which brings Google's documents to generators
# for OpenAPI. There a path has one GET; in Discovery dozens of methods have the path `v2/{+name}` and
# differ by the `pattern` of `name`. The converter keeps the last of them and drops the others without a
# word: 7,879 of 25,575 methods. The type of that one stands for all of them: in the description of
# Logging, `GET /v2/{+name}` is that of a saved query, so that a client made from it reads a bucket of
# logs as a saved query. 8 of 610 documents end with an error.
#
# `protoc-gen-swagger` had the same: https://github.com/grpc-ecosystem/grpc-gateway/issues/582.
#
# It printed:
#
#     { converted: 602, failed: 8, methods: 25575, kept: 17696 }
#     GET v2/{+name} of Logging: 37 methods with 8 types of response:
#       LogExclusion, Location, LogBucket, Link, LogView, Operation, SavedQuery, LogScope
#     converted: logging.projects.locations.savedQueries.get -> SavedQuery
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund google-discovery-to-swagger@2.1.0 || exit 2
python3 -m pip download --quiet --no-deps google-api-python-client==2.202.0 || exit 2
python3 -m zipfile -e ./*.whl python || exit 2
node - <<'JAVASCRIPT'
const fs = require('fs');
const { convert } = require('google-discovery-to-swagger');

const folder = 'python/googleapiclient/discovery_cache/documents/';

function methodsOf({ methods = {}, resources = {} }) {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

function operationsOf(swagger) {
  return Object.values(swagger.paths).flatMap(Object.values).filter((value) => value.operationId);
}

const counts = { converted: 0, failed: 0, methods: 0, kept: 0 };
for (const file of fs.readdirSync(folder).filter((file) => file !== 'index.json')) {
  const methods = methodsOf(JSON.parse(fs.readFileSync(folder + file)));
  try {
    const kept = operationsOf(convert(JSON.parse(fs.readFileSync(folder + file)))).length;
    counts.converted += 1;
    counts.methods += methods.length;
    counts.kept += kept;
  } catch {
    counts.failed += 1;
  }
}
console.log(counts);

const logging = JSON.parse(fs.readFileSync(`${folder}logging.v2.json`));
const gets = methodsOf(logging).filter(({ httpMethod, path }) => httpMethod === 'GET' && path === 'v2/{+name}');
const types = new Set(gets.map((method) => method.response.$ref));
const left = convert(logging).paths['/v2/{+name}'].get;
const type = left.responses[200].schema.$ref.split('/').at(-1);
console.log(`GET v2/{+name} of Logging: ${gets.length} methods with ${types.size} types of response:`);
console.log(' ', [...types].join(', '));
console.log(`converted: ${left.operationId} -> ${type}`);
const seen = [counts.converted, counts.failed, counts.methods, counts.kept, gets.length, types.size];
const same = `${seen}` === '602,8,25575,17696,37,8' && type === 'SavedQuery';
process.exitCode = same ? 0 : 1;
JAVASCRIPT
