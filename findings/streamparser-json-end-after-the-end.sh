#!/usr/bin/env bash
# @streamparser/json 0.0.26, `end()` after the whole of a valid JSON document was written.
#
# Seen: for an object, an array, a string or `true`, `onError` is called: "Tokenizer ended in the middle of a token
# (state: ENDED). Either not all the data was received or the data was invalid." For a number nothing is called, and
# `end()` is even needed for its value. With the option `separator: ''` no document gets an error.
#
# Surprising because `end()` is how a cut document is told from a whole one, and says the same of both: "not all the
# data was received". A client that calls it at the end of every answer reports every answer as cut, except those
# that are numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts @streamparser/json@0.0.26

cat >run.mjs <<'JS'
import { JSONParser } from '@streamparser/json'

function parse(text, options) {
  const values = []
  const errors = []
  const parser = new JSONParser(options)
  parser.onValue = ({ value, stack }) => stack.length === 0 && values.push(JSON.stringify(value))
  parser.onError = ({ message }) => errors.push(message)
  parser.write(text)
  parser.end()
  return { values: values.join(), error: errors.join() }
}
const seen = {}
for (const text of ['{"tide":"low"}', '[1]', '"low"', 'true', '12', '{"tide":"lo']) {
  const { values, error } = parse(text)
  seen[text] = { values, error: error.slice(0, 75), 'separator ""': parse(text, { separator: '' }).error.slice(0, 30) }
}
console.table(seen)
const whole = ['{"tide":"low"}', '[1]', '"low"', 'true']
const asBefore =
  whole.every((text) => seen[text].values === text && seen[text].error.includes('(state: ENDED)')) &&
  [...whole, '12'].every((text) => seen[text]['separator ""'] === '') &&
  seen['12'].error === '' &&
  seen['{"tide":"lo'].error !== ''
process.exit(asBefore ? 0 : 1)
JS
timeout 20 node run.mjs
