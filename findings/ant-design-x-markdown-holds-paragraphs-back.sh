#!/usr/bin/env bash
# @ant-design/x-markdown 2.9.0, `<XMarkdown content={text} streaming={{ hasNextChunk: true }} />` in React 19.3.1:
# paragraphs of 400 characters that arrive three characters at a time, with one character of Markdown syntax near the
# beginning.
#
# Seen: after a citation "[1]", an index "a[i]", a lone "|", a word that begins with "_", or an opened "**", the rest of
# the paragraph is hidden until the paragraph ends. Then all of its 80 words appear at once. "5*", "~5" and a whole link
# hide nothing. Without `streaming`, each word appears as it arrives.
#
# Surprising because the option exists to make streamed text look smooth: text that may become a link, a table or bold
# is hidden for a moment, so that it does not flicker. No link can follow "[1] before", and no table can begin in the
# middle of a line, but the text waits anyway. An answer with a citation in each paragraph, as search gives it, stands
# still and then jumps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 200 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps \
  @ant-design/x-markdown@2.9.0 react@19.3.1 react-dom@19.3.1 jsdom@26.1.0

cat >run.cjs <<'JS'
process.env.NODE_ENV = 'production'
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('<main></main>', { pretendToBeVisual: true })
Object.assign(globalThis, { window, document: window.document })
for (const name of ['HTMLElement', 'Node', 'Element', 'DOMParser', 'DocumentFragment', 'getComputedStyle'])
  globalThis[name] = window[name]
require.extensions['.css'] = () => {} // as bundlers take the style sheets out
const { createElement } = require('react')
const { flushSync } = require('react-dom')
const { createRoot } = require('react-dom/client')
const { XMarkdown } = require('@ant-design/x-markdown')

const rest = 'word '.repeat(80)
const texts = {
  'a citation': `As shown in [1] before, ${rest}`,
  'an index': `The value of a[i] is read, ${rest}`,
  'a bar': `Use a | b here, ${rest}`,
  'an underscore': `The _id field and more, ${rest}`,
  'bold': `A **bold ${rest}`,
  'a link': `A [link](http://a.example) then ${rest}`,
  'a star': `Costs 5* or more, ${rest}`,
  'a tilde': `About ~5 people, ${rest}`,
}

/** The most words that have arrived and are not shown, at any moment of the paragraph, and after it. */
async function mostHeldBack(text, streaming) {
  const container = document.createElement('div')
  document.querySelector('main').append(container)
  const root = createRoot(container)
  const count = (characters) => characters.split('word').length - 1
  let most = 0
  for (let end = 3; end < text.length; end += 3) {
    const content = text.slice(0, end)
    flushSync(() => root.render(createElement(XMarkdown, { content, streaming })))
    await new Promise((resolve) => setTimeout(resolve, 0)) // effects
    most = Math.max(most, count(content) - count(container.textContent))
  }
  const content = `${text}\n\nThe next paragraph.`
  flushSync(() => root.render(createElement(XMarkdown, { content, streaming })))
  await new Promise((resolve) => setTimeout(resolve, 20))
  const after = count(content) - count(container.textContent)
  root.unmount()
  return { most, after }
}

async function main() {
  const rows = {}
  for (const [name, text] of Object.entries(texts)) {
    const streaming = await mostHeldBack(text, { hasNextChunk: true })
    const plain = await mostHeldBack(text, undefined)
    rows[name] = {
      'words held back': streaming.most,
      'after the paragraph': streaming.after,
      'without streaming': plain.most,
    }
  }
  console.table(rows)
  const heldBack = Object.keys(rows).filter((name) => rows[name]['words held back'] > 70)
  const asBefore =
    heldBack.join() === 'a citation,an index,a bar,an underscore,bold' &&
    Object.values(rows).every((row) => row['after the paragraph'] === 0 && row['without streaming'] <= 1) &&
    ['a link', 'a star', 'a tilde'].every((name) => rows[name]['words held back'] <= 1)
  process.exit(asBefore ? 0 : 1)
}
main()
JS
timeout 90 node run.cjs
