#!/usr/bin/env bash
# comark 0.5.1 (of the authors of Nuxt's MDC), `parse(markdown)` with its defaults, on finished sentences of an answer.
#
# Seen: braces in prose are removed with their content: "GET /users/{id}/posts" is "GET /users//posts", and '{"a": 1}
# is JSON.' is " is JSON.". Square brackets lose their brackets: "arr[0]" is "arr0". A word behind a colon is a
# component without content: "See :foo here." is "See  here.". A "$$" without a partner gets one at the end of the
# text. commonmark 0.31.2 shows all of them as they were written.
#
# Surprising because the package presents itself as full CommonMark plus components that are opted into, and for the
# answers of models: those are full of paths with {parameters}, of arrays and of JSON. No component is used or
# registered here, and the words are lost without an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts comark@0.5.1 commonmark@0.31.2

cat >run.mjs <<'JS'
import { parse } from 'comark'
import { Parser } from 'commonmark'

const expected = {
  'Call GET /users/{id}/posts now.': 'Call GET /users//posts now.',
  '{"a": 1} is JSON.': ' is JSON.',
  'Take arr[0] and [1, 2].': 'Take arr0 and 1, 2.',
  'See :foo here.': 'See  here.',
  'It costs US$$ and more.': 'It costs US$$ and more.$$',
  'A plain sentence (with nothing in it).': 'A plain sentence (with nothing in it).',
}
const textOf = (node) =>
  typeof node === 'string' ? node : node.slice(typeof node[0] === 'string' ? 2 : 0).map(textOf).join('')

function byCommonmark(markdown) {
  const walker = new Parser().parse(markdown).walker()
  let text = ''
  for (let step = walker.next(); step; step = walker.next()) text += step.node.literal ?? ''
  return text
}

let asBefore = true
for (const [markdown, shown] of Object.entries(expected)) {
  const { nodes } = await parse(markdown)
  const text = nodes.map(textOf).join('\n')
  console.log(`${JSON.stringify(markdown)}\n  comark:     ${JSON.stringify(text)}\n  commonmark: ${JSON.stringify(byCommonmark(markdown))}`)
  asBefore &&= text === shown && byCommonmark(markdown) === markdown
}
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
