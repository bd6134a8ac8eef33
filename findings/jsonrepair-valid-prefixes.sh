#!/usr/bin/env bash
# jsonrepair 3.15.0, given each prefix of a valid JSON document, as it arrives from a model.
#
# Seen: a string that stops right after a colon is cut at its first comma, and the rest becomes a property
# of its own: {"text":"Hello, world: gives {"text":"Hello","world":null}. One character later the text is
# whole again. A string that stops inside "https:/ throws "Object key expected".
#
# Surprising because such prefixes need only a closing quote and a brace, and the package is often named for the
# partial JSON of a stream. In a page, the text shrinks and a key appears briefly that was never sent. Its README says
# that it repairs truncated JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts jsonrepair@3.15.0

cat >run.mjs <<'JS'
import { jsonrepair } from 'jsonrepair'

const whole = '{"text":"Hello, world: see https://example.com, please"}'
JSON.parse(whole)
const seen = []
for (let end = 2; end <= whole.length; end++) {
  const prefix = whole.slice(0, end)
  let value
  try {
    value = jsonrepair(prefix)
  } catch (error) {
    value = `throws ${error.message}`
  }
  const text = value.startsWith('throws') ? undefined : JSON.parse(value).text
  const isPrefix = text == null || JSON.parse(whole).text.startsWith(text)
  const extra = value.startsWith('throws') || 'world' in JSON.parse(value)
  if (!isPrefix || extra) seen.push({ prefix, value })
}
console.table(seen)
const invents = seen.some(({ value }) => /"world"\s*:\s*null/.test(value))
const throws = seen.some(({ value }) => value.startsWith('throws Object key expected'))
process.exit(invents && throws ? 0 : 1)
JS
timeout 20 node run.mjs
