#!/usr/bin/env bash
# fetch-event-stream 0.1.6, `events(response)`, and an answer that is streamed as plain text, one token an event.
#
# Seen: all spaces at the start of a line of `data` are removed, and line feeds at the start of an event are lost: the
# tokens "Low", "  tide" and "\n\nat noon" arrive as "Low", "tide" and "at noon". Line feeds inside a token stay.
#
# Surprising because the standard removes one space and joins all lines, empty ones too, and because the tokens of
# models begin with white space more often than not. Words are glued together and paragraphs run into each other;
# with JSON as `data` nothing shows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts fetch-event-stream@0.1.6 \
  eventsource-parser@4.1.3

cat >run.mjs <<'JS'
import { createParser } from 'eventsource-parser'
import { events } from 'fetch-event-stream'

const tokens = ['Low', '  tide', '\n\nat noon', '\n', 'a\nb']
const wire = tokens
  .map((token) => token.split('\n').map((line) => `data: ${line}\n`).join('') + '\n')
  .join('')

const standard = []
const parser = createParser({ onEvent: ({ data }) => standard.push(data) })
parser.feed(wire)
const seen = []
for await (const { data } of events(new Response(wire))) seen.push(data)

console.log('eventsource-parser:', JSON.stringify(standard))
console.log('fetch-event-stream:', JSON.stringify(seen))
const asBefore =
  JSON.stringify(standard) === JSON.stringify(tokens) &&
  JSON.stringify(seen) === JSON.stringify(['Low', 'tide', 'at noon', '', 'a\nb'])
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
