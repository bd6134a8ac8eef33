#!/usr/bin/env bash
# @json-render/core 0.21.4, an answer of Markdown with a patch of the UI in it, read by `createMixedStreamParser`, and by
# `createJsonRenderTransform`, which does the same for the AI SDK's streams.
#
# Seen: the parser drops empty lines. "First.\n\nSecond." arrives as the two texts "First." and "Second.", just as
# "First.\nSecond." does, so paragraphs merge, and code in a fence loses its empty lines. The transform keeps them
# all.
#
# Surprising because the parser hands out text line by line, so that joining the lines by line feeds looks lossless, because
# an empty line is what separates paragraphs, lists and tables in Markdown, and because the two ways into the same package
# give two texts of one answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @json-render/core@0.21.4 zod@4.6.7

cat >run.mjs <<'JS'
import { createJsonRenderTransform, createMixedStreamParser } from '@json-render/core'

const patch = '{"op":"add","path":"/root","value":"card"}'
const text = 'First.\n\nSecond.\n\n```js\nlet a = 1\n\nlet b = 2\n```\n'
const answer = text + patch

function byParser(pieces) {
  const lines = []
  let patches = 0
  const parser = createMixedStreamParser({ onText: (line) => lines.push(line), onPatch: () => void patches++ })
  for (const piece of pieces) parser.push(piece)
  parser.flush()
  return { text: lines.join('\n'), patches }
}

async function byTransform(pieces) {
  const parts = [
    { type: 'text-start', id: '1' },
    ...pieces.map((delta) => ({ type: 'text-delta', id: '1', delta })),
    { type: 'text-end', id: '1' },
  ]
  let read = ''
  let patches = 0
  for await (const part of ReadableStream.from(parts).pipeThrough(createJsonRenderTransform())) {
    if (part.type === 'text-delta') read += part.delta
    if (part.type.startsWith('data-')) patches++
  }
  return { text: read, patches }
}

const pieces = answer.match(/[^]{1,7}/g)
const parsed = byParser(pieces)
const transformed = await byTransform(pieces)
console.log('createMixedStreamParser:  ', JSON.stringify(parsed))
console.log('createJsonRenderTransform:', JSON.stringify(transformed))
const asBefore =
  parsed.text === 'First.\nSecond.\n```js\nlet a = 1\nlet b = 2\n```' &&
  JSON.stringify(byParser([answer])) === JSON.stringify(parsed) &&
  transformed.text.trimEnd() === text.trimEnd() &&
  parsed.patches === 1 &&
  transformed.patches === 1
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
