#!/usr/bin/env bash
# best-effort-json-parser 1.5.1, given each prefix of a valid JSON document with a number in exponent form.
#
# Seen: while the document is unfinished, the number ends at its "e" and the rest becomes the next key:
# {"score":1e-7,"ok":tr gives {"score":1,"e-7,\"ok\"":true}. It stays so from there to the last character,
# when the right value appears. A prefix that ends inside \u00e9 throws.
#
# Surprising because such a prefix is the package's purpose, and because nothing shows in a test: the whole
# document is right. A score of 0.0000001 is shown as 1 for as long as the answer streams, and the next
# field is under a key that nobody reads. JSON.stringify writes every number below 1e-6 in this form.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts best-effort-json-parser@1.5.1

cat >run.mjs <<'JS'
import { parse, setErrorLogger } from 'best-effort-json-parser'

setErrorLogger(() => {})
const value = { score: 1e-7, ok: true, text: 'Hello' }
const whole = JSON.stringify(value)
const seen = []
for (let end = whole.indexOf('true') + 2; end <= whole.length; end++) {
  const prefix = whole.slice(0, end)
  seen.push({ prefix, value: JSON.stringify(parse(prefix)) })
}
console.table(seen)
const finished = seen.pop()
const wrong = seen.filter(({ value }) => JSON.parse(value).score === 1 && !('ok' in JSON.parse(value)))
let thrown = 'nothing'
try {
  parse('{"text":"caf\\u00')
} catch (error) {
  thrown = error.message
}
console.log(`{"text":"caf\\u00 throws: ${thrown}`)
const asDescribed = wrong.length === seen.length && finished.value === whole && thrown !== 'nothing'
process.exit(asDescribed ? 0 : 1)
JS
timeout 20 node run.mjs
