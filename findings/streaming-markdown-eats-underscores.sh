#!/usr/bin/env bash
# streaming-markdown 0.2.15, whole answers with names from code in prose: "Call my_fn_name after MAX_TOKENS_PER_MIN."
#
# Seen: the page shows "Call myfnname after MAXTOKENSPERMIN.", for the answer in one piece as for one character at a time:
# a "_" inside a word begins and ends emphasis. A single "$" goes the same way, without a formula ("Set $HOME." is "Set
# HOME."), and so does a "[" that nothing closes ("Vec[i" is "Veci"). commonmark 0.31.2 shows all three as written.
#
# Surprising because these sentences have no half syntax, which is what the parser is made for, and because the rule that
# "_" needs the edge of a word is what makes names with underscores safe in Markdown. What the page shows, and what
# a reader copies, is another name than the model wrote.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts streaming-markdown@0.2.15 commonmark@0.31.2 jsdom@26.1.0

cat >run.mjs <<'JS'
import { HtmlRenderer, Parser } from 'commonmark'
import { JSDOM } from 'jsdom'
import { default_renderer, parser, parser_end, parser_write } from 'streaming-markdown'

const { window } = new JSDOM('')
globalThis.document = window.document

function textOf(html) {
  const element = document.createElement('div')
  element.innerHTML = html
  return element.textContent.trim()
}

function streamed(pieces) {
  const element = document.createElement('div')
  const state = parser(default_renderer(element))
  for (const piece of pieces) parser_write(state, piece)
  parser_end(state)
  return element.textContent.trim()
}

const seen = ['Call my_fn_name after MAX_TOKENS_PER_MIN.', 'Set $HOME.', 'See Vec[i here.'].map((sentence) => ({
  commonmark: textOf(new HtmlRenderer().render(new Parser().parse(sentence))),
  'in one piece': streamed([sentence]),
  'by character': streamed([...sentence]),
}))
console.table(seen)
const asWritten = seen.every((row) => /my_fn_name after MAX_TOKENS|\$HOME|Vec\[i/.test(row.commonmark))
const lost = seen.every((row) => row['in one piece'] === row['by character'] && row['by character'] !== row.commonmark)
process.exit(asWritten && lost ? 0 : 1)
JS
timeout 30 node run.mjs
