#!/usr/bin/env bash
# react and react-dom 19.3.1 in Chromium 156 (CHROMIUM_PATH names another executable): a text that streams through a chain
# of promises, each of which gives a piece and the promise of the next, read with `use()` inside a `<Suspense>` each. It is the
# usual way to stream text into server components. A piece arrives every 50 ms. playwright-core 1.65.1.
#
# Seen: the pieces are shown in groups of six, every 300 ms, and the last ones up to 300 ms after they arrived. The same pieces
# in state are shown one by one. With a piece every 200 ms most are held back as well.
#
# Surprising because each boundary waits only for its own promise, and that is resolved. React shows a boundary that
# appears soon after another one only 300 ms after it, so that pages do not flash, and a stream of text is nothing but
# such boundaries. An answer arrives 20 times a second and is painted three times.
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
import { Suspense, use, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
let arrivedAt

async function chain(pieces, gap, index = 0) {
  await delay(gap)
  arrivedAt[index] = performance.now()
  return { index, next: index + 1 < pieces ? chain(pieces, gap, index + 1) : undefined }
}

function Piece({ promise }) {
  const { index, next } = use(promise)
  return (
    <>
      <span data-index={index}>{index} </span>
      {next && (
        <Suspense fallback={null}>
          <Piece promise={next} />
        </Suspense>
      )}
    </>
  )
}

function InState({ promise }) {
  const [indices, setIndices] = useState([])
  useEffect(() => {
    const read = async () => {
      for (let next = promise; next; ) {
        const piece = await next
        setIndices((before) => [...before, piece.index])
        next = piece.next
      }
    }
    read()
  }, [promise])
  return indices.map((index) => <span key={index} data-index={index}>{index} </span>)
}

window.run = async (isInSuspense, pieces, gap) => {
  arrivedAt = []
  const shownAt = []
  const host = document.createElement('div')
  document.body.append(host)
  const look = () => {
    for (const element of host.querySelectorAll('span')) {
      if (element.checkVisibility()) shownAt[element.dataset.index] ??= performance.now()
    }
  }
  const observer = new MutationObserver(look)
  observer.observe(host, { childList: true, subtree: true, attributes: true })
  const promise = chain(pieces, gap)
  createRoot(host).render(
    isInSuspense ? <Suspense fallback="…"><Piece promise={promise} /></Suspense> : <InState promise={promise} />,
  )
  await delay(pieces * gap + 1000)
  observer.disconnect()
  const late = arrivedAt.map((at, index) => Math.round(shownAt[index] - at))
  const paints = new Set(shownAt.map((at) => Math.round(at / 10))).size
  return { pieces, 'a piece every ms': gap, 'times that text appears': paints, 'most ms late': Math.max(...late) }
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
for (const [pieces, gap] of [[40, 50], [10, 200]]) {
  for (const isInSuspense of [false, true]) {
    const name = `${isInSuspense ? 'use() in Suspense' : 'state'}, ${gap} ms`
    seen[name] = await page.evaluate(([...args]) => window.run(...args), [isInSuspense, pieces, gap])
  }
}
await browser.close()
console.table(seen)
const [state, suspense] = Object.values(seen)
const isAsExpected =
  state['times that text appears'] >= 30 && suspense['times that text appears'] <= 12 && suspense['most ms late'] >= 200
process.exit(isAsExpected ? 0 : 1)
JS
timeout 50 node run.mjs
