#!/usr/bin/env bash
# streamdown 2.7.1 (remend 1.4.0), and an answer with a "<" right before a letter, as in generics and comparisons.
#
# Seen: everything from the "<" to the end is gone, later paragraphs included: "When i <n the loop runs, and then it
# ends." is rendered as "When i". It stays so when the answer is finished and `isAnimating` is false. The square
# bracket of "See Vec[i for details." becomes a link that leads nowhere. `mode="static"` shows all of both.
#
# Surprising because text that is no tag is text in Markdown (CommonMark shows all of it), and because the loss does
# not end with the stream: what repairs half syntax runs for whole answers too, unless the mode is changed. Nothing in
# the page shows that half of the answer is missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts streamdown@2.7.1 remend@1.4.0 react@19.3.1 \
  react-dom@19.3.1 commonmark@0.31.2

cat >run.mjs <<'JS'
import { HtmlRenderer, Parser } from 'commonmark'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Streamdown } from 'streamdown'

const textOf = (html) =>
  html.replace(/<[^>]+>/g, ' ').replaceAll('&lt;', '<').replace(/\s+/g, ' ').trim()
const render = (props, markdown) =>
  textOf(renderToStaticMarkup(createElement(Streamdown, props, markdown)))

const answers = [
  'When i <n the loop runs, and then it ends.\n\nA second paragraph.',
  'Use Array<string here and there.',
  'See Vec[i for details.',
]
const seen = answers.map((answer) => ({
  commonmark: textOf(new HtmlRenderer().render(new Parser().parse(answer))),
  'streamdown, finished': render({ isAnimating: false }, answer),
  'mode="static"': render({ mode: 'static' }, answer),
}))
for (const row of seen) console.log(row)

const finished = seen.map((row) => row['streamdown, finished'])
const asBefore =
  JSON.stringify(finished) ===
    JSON.stringify(['When i', 'Use Array', 'See Vec i for details.']) &&
  seen.every((row) => row['mode="static"'] === row.commonmark)
process.exit(asBefore ? 0 : 1)
JS
timeout 60 node run.mjs
