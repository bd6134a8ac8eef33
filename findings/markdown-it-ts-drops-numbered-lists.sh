#!/usr/bin/env bash
# markdown-it-ts 1.1.2 (the parser of markstream-vue and markstream-react, "compatible with the markdown-it public
# API"), `markdownIt().render(text)` with its defaults. markdown-it 15.0.3 and commonmark 0.31.2 render the same texts.
#
# Seen: a numbered list of one item, or of items that all begin with "1." and are separated by blank lines, is rendered
# as paragraphs: "1. a". If the text contains a colon or a bold word, or a second item on the next line, it is a list.
# In a text of 200,000 characters, lists end at some items and begin again: the second paragraph of an item becomes a
# paragraph outside the list or, when indented further, a code block.
#
# Surprising because no option is set, and the same list is rendered differently next to a colon or beyond a certain
# length. A streamed list of steps shows "1. Open the file." as a paragraph and turns into a list at the second step.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts markdown-it-ts@1.1.2 markdown-it@15.0.3 commonmark@0.31.2

cat >run.mjs <<'JS'
import { HtmlRenderer, Parser } from 'commonmark'
import markdownIt from 'markdown-it'
import markdownItTs from 'markdown-it-ts'

const step = '1. step with a paragraph\n\n   more on the step\n\n'
const long = (length) => `Intro\n\n${step.repeat(Math.ceil(length / step.length))}`
const texts = {
  'one item': '1. Open the file.\n',
  'one item after a colon': 'One thing to do:\n\n1. Open the file.\n',
  'a step in prose': 'That was it.\n\n3. Third, save it.\n\nThen go on.\n',
  'all items are "1."': '1. a\n\n1. b\n\n1. c\n',
  'one item and a heading': '# Title\n\n1. Open the file.\n',
  'two items': '1. Open the file.\n2. Save it.\n',
  '190,000 characters': long(190_000),
  '200,000 characters': long(200_000),
}
const renderers = {
  'markdown-it': (text) => markdownIt().render(text),
  commonmark: (text) => new HtmlRenderer().render(new Parser().parse(text)),
  'markdown-it-ts': (text) => markdownItTs().render(text),
}

/** Numbered lists, and paragraphs that are in none. */
function count(html) {
  const lists = html.split('<ol').length - 1
  const outside = html.replace(/<ol[^]*?<\/ol>/g, '').split('<p>').length - 1
  return `${lists} lists, ${outside} paragraphs outside`
}

const seen = Object.entries(texts).map(([name, text]) => ({
  name,
  ...Object.fromEntries(Object.entries(renderers).map(([key, render]) => [key, count(render(text))])),
}))
console.table(seen)
const differing = seen.filter((row) => row['markdown-it-ts'] !== row['markdown-it'])
const agree = seen.every((row) => row.commonmark === row['markdown-it'])
const asBefore =
  agree &&
  JSON.stringify(differing.map((row) => [row.name, row['markdown-it-ts']])) ===
    JSON.stringify([
      ['one item', '0 lists, 1 paragraphs outside'],
      ['a step in prose', '0 lists, 3 paragraphs outside'],
      ['all items are "1."', '0 lists, 3 paragraphs outside'],
      ['one item and a heading', '0 lists, 1 paragraphs outside'],
      ['200,000 characters', '16 lists, 16 paragraphs outside'],
    ])
process.exit(asBefore ? 0 : 1)
JS
timeout 40 node run.mjs
