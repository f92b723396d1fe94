#!/bin/sh
# proto3-json-serializer 4.1.0 with protobufjs 7.6.6 (npm), Node 20 (the package asks for 22),
# 28 November 2026.
#
# With this library Google's clients for Node (google-gax) turn messages into JSON and back where they
# speak REST instead of gRPC. From the text of a time it takes what follows the point, without the last
# character, for the fraction of a second. That suits `Z`, but an offset is allowed too
# (https://protobuf.dev/programming-guides/json/): of `.5+02:00` it makes 5 nanoseconds, of `.500-08:00`
# 500. With nine digits it is right, so that a test with a full time passes.
#
# Durations may be negative (https://protobuf.dev/reference/protobuf/google.protobuf/#duration). It writes
# those without their fraction, half a second back as `0s`, and does not read any, not even its own.
#
# It printed:
#
#     2026-11-28T12:00:00.5Z:              2026-11-28T12:00:00.500Z
#     2026-11-28T12:00:00.5+02:00:         2026-11-28T10:00:00.000000005Z
#     2026-11-28T12:00:00.500-08:00:       2026-11-28T20:00:00.000000500Z
#     2026-11-28T12:00:00.500000000+02:00: 2026-11-28T10:00:00.500Z
#     1 s 500000000 ns written:            1.500s
#     -1 s -500000000 ns written:          -1s
#     0 s -500000000 ns written:           0s
#     -1s read:                            an error
#
# Prints what it saw; exits with 1 if that changed, with 2 if it cannot run.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund proto3-json-serializer@4.1.0 protobufjs@7.6.6 || exit 2
node - <<'JAVASCRIPT'
const protobuf = require('protobufjs');
const { fromProto3JSON, toProto3JSON } = require('proto3-json-serializer');

const { root } = protobuf.parse(`
  syntax = "proto3";
  import "google/protobuf/duration.proto";
  import "google/protobuf/timestamp.proto";
  message Shown {
    google.protobuf.Timestamp time = 1;
    google.protobuf.Duration duration = 2;
  }
`);
for (const name of ['duration', 'timestamp']) {
  root.addJSON(protobuf.common.get(`google/protobuf/${name}.proto`).nested);
}
const Shown = root.resolveAll().lookupType('Shown');
const seen = [];

function show(name, value) {
  seen.push(value);
  console.log(`${name}:`.padEnd(36), value);
}

for (const time of ['12:00:00.5Z', '12:00:00.5+02:00', '12:00:00.500-08:00', '12:00:00.500000000+02:00']) {
  const text = `2026-11-28T${time}`;
  show(text, toProto3JSON(fromProto3JSON(Shown, { time: text })).time);
}
for (const [seconds, nanos] of [[1, 5e8], [-1, -5e8], [0, -5e8]]) {
  const message = Shown.fromObject({ duration: { seconds, nanos } });
  show(`${seconds} s ${nanos} ns written`, toProto3JSON(message).duration);
}
try {
  show('-1s read', fromProto3JSON(Shown, { duration: '-1s' }).duration.seconds.toString());
} catch (error) {
  show('-1s read', 'an error');
}

const expected = [
  '2026-11-28T12:00:00.500Z',
  '2026-11-28T10:00:00.000000005Z',
  '2026-11-28T20:00:00.000000500Z',
  '2026-11-28T10:00:00.500Z',
  '1.500s',
  '-1s',
  '0s',
  'an error',
];
process.exitCode = JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1;
JAVASCRIPT
