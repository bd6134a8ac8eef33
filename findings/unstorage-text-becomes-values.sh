#!/usr/bin/env bash
# unstorage 1.17.6, `setItem` and `getItem` with strings (any driver; here the one in memory).
#
# Seen: a string that looks like a value comes back as one: '{"a":1}' as an object, "9007199254740993" as the number
# 9007199254740992, "1e5" as 100000, " 12 " as 12, "NaN" as NaN, "true" as true, "null" as null. The same text
# without those looks ("resp_1", "007") comes back as it was.
#
# Surprising because a store of strings is expected to return them, and because it depends on the text: the id of one
# answer survives, another's is rounded. A checkpoint that was stringified is an object when it is read, so that
# JSON.parse of it throws; what a user typed, "null" or "1e5", is gone. `getItemRaw` leaves it alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts unstorage@1.17.6

cat >run.mjs <<'JS'
import { createStorage } from 'unstorage'

const storage = createStorage()
const texts = ['resp_1', '007', '{"a":1}', '9007199254740993', '1e5', ' 12 ', 'NaN', 'true', 'null']
const seen = {}
for (const text of texts) {
  await storage.setItem('key', text)
  const value = await storage.getItem('key')
  seen[JSON.stringify(text)] = {
    type: value === null ? 'null' : typeof value,
    value: String(value),
    raw: String(await storage.getItemRaw('key')),
  }
}
console.table(seen)
const of = (text) => seen[JSON.stringify(text)]
const asBefore =
  of('resp_1').type === 'string' &&
  of('007').value === '007' &&
  of('{"a":1}').type === 'object' &&
  of('9007199254740993').value === '9007199254740992' &&
  of('1e5').value === '100000' &&
  of('NaN').type === 'number' &&
  of('null').type === 'null' &&
  texts.every((text) => of(text).raw === text)
process.exit(asBefore ? 0 : 1)
JS
timeout 20 node run.mjs
