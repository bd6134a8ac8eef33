#!/usr/bin/env bash
# stream-markdown-parser 1.2.16, the parser of markstream-vue and markstream-react, with its defaults, on finished text
# with two prices in a line.
#
# Seen: "It costs $5 and $10." is the text "It costs ", the formula "5 and ", and the text "10.": both dollar signs are
# gone, and the words between them are set as mathematics. "US$5 to US$10" and "$HOME and $PATH" fare the same. In
# the second the word "to" even becomes the command \to. A single price in a line is left alone.
#
# Surprising because Pandoc's rule, which most parsers follow, excludes all three (no space before the closing dollar
# sign, no digit after it), and because the page shows other text than the model wrote: the currency is lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts stream-markdown-parser@1.2.16

cat >run.mjs <<'JS'
import { getMarkdown, parseMarkdownToStructure } from 'stream-markdown-parser'

const parser = getMarkdown()
const leaves = (node) =>
  node.children?.length ? node.children.flatMap(leaves) : [[node.type, node.content ?? node.raw ?? '']]
const read = (text) => parseMarkdownToStructure(text, parser, { final: true }).flatMap(leaves)

const seen = {}
for (const text of ['It costs $5 and $10.', 'US$5 to US$10', '$HOME and $PATH', 'It costs $5.', 'the root $x$ of']) {
  seen[text] = read(text)
    .map(([type, content]) => `${type} ${JSON.stringify(content)}`)
    .join(', ')
}
for (const [text, parts] of Object.entries(seen)) console.log(`${text}\n    ${parts}`)
const asBefore =
  seen['It costs $5 and $10.'] === 'text "It costs ", math_inline "5 and ", text "10."' &&
  seen['US$5 to US$10'].includes('\\\\to') &&
  seen['$HOME and $PATH'].startsWith('math_inline "HOME and "') &&
  seen['It costs $5.'] === 'text "It costs $5."' &&
  seen['the root $x$ of'].includes('math_inline "x"')
process.exit(asBefore ? 0 : 1)
JS
timeout 20 node run.mjs
