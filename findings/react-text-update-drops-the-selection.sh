#!/usr/bin/env bash
# react-dom 19.3.1 in Chromium 156 (CHROMIUM_PATH names another executable): `<p>{text}</p>` with a text that grows, and
# a reader who selects a word that has long been there. playwright-core 1.65.1.
#
# Seen: the next update empties the selection, although the text node, the word and its place are the same. A paragraph
# beside the growing one keeps its selection, and so does `<p>{pieces.map((piece) => piece)}</p>`, where each addition is a
# text node of its own. `appendData` on the node keeps it too. Firefox 153 ESR and WebKitGTK 2.50 are the same (the
# assignment to `nodeValue`, seen by hand).
#
# Surprising because React reuses the node so that the state of the page survives. It sets `nodeValue`, for which the DOM
# says that the whole text is replaced: every range in it collapses to the start. Nobody can select, copy or look
# up a word of the paragraph that an answer streams into, from one token to the next.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
export CHROMIUM_FOUND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts \
  playwright-core@1.65.1 react@19.3.1 react-dom@19.3.1 esbuild@0.28.2

cat >page.jsx <<'JS'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

const start = ['The tide turns ', 'twice a day']
let add
function Page() {
  const [pieces, setPieces] = useState(start)
  add = (piece) => flushSync(() => setPieces((before) => [...before, piece]))
  return (
    <>
      <p id="finished">{start.join('')}</p>
      <p id="one-text">{pieces.join('')}</p>
      <p id="pieces">{pieces.map((piece) => piece)}</p>
      <p id="blocks">{pieces.map((piece, index) => <span key={index}>{piece}</span>)}</p>
    </>
  )
}
flushSync(() => createRoot(document.body).render(<Page />))

window.selectAndAdd = (id) => {
  const paragraph = document.getElementById(id)
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  const node = walker.nextNode()
  getSelection().setBaseAndExtent(node, 4, node, 8)
  const before = String(getSelection())
  add(', always')
  const isSameNode = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode() === node
  return { before, after: String(getSelection()), 'same text node': isSameNode, text: paragraph.textContent }
}
JS
cat >run.mjs <<'JS'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'

const define = { 'process.env.NODE_ENV': '"production"' }
const options = { entryPoints: ['page.jsx'], bundle: true, write: false, format: 'iife', define, jsx: 'automatic' }
const { outputFiles } = await build(options)
const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const page = await browser.newPage()
await page.setContent('<!doctype html><body></body>')
await page.evaluate(outputFiles[0].text)
const seen = {}
for (const id of ['finished', 'one-text', 'pieces', 'blocks']) {
  seen[id] = await page.evaluate((id) => window.selectAndAdd(id), id)
}
await browser.close()
console.table(seen)
const kept = Object.values(seen).map(({ after }) => after === 'tide')
const isSameNode = Object.values(seen).every((row) => row['same text node'])
process.exit(isSameNode && kept.join() === 'true,false,true,true' ? 0 : 1)
JS
timeout 40 node run.mjs
