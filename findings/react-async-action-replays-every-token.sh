#!/usr/bin/env bash
# react 19.3.1: the tokens of an answer are added, one update a token, inside one async action, with `useOptimistic`
# and with `useReducer`.
#
# Seen: each render runs the reducer again for all tokens so far: with `useOptimistic`, 500 tokens make 125,250 calls and
# 1,000 make 500,500. So it is with `useReducer`, if the first token comes before the first `await` of the action. If
# it comes after one, the same loop makes one call a token.
#
# Surprising because an update that has been rendered looks done. React keeps the first one pending for as long as the
# action runs, and applies all later ones again after it, in every render: the cost of a token grows with the answer.
# `useOptimistic` is React's own tool for such text, and for `useReducer` one early line makes the difference. A
# reducer that copies a list of messages stalls the page in a long answer, and in no short one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts react@19.3.1 react-dom@19.3.1 jsdom@26.1.0

cat >run.mjs <<'JS'
import { setTimeout as delay } from 'node:timers/promises'
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('<main></main>')
Object.assign(globalThis, { window, document: window.document })
globalThis.navigator ??= window.navigator // Node 20 has none
const { createElement, startTransition, useOptimistic, useReducer } = await import('react')
const { createRoot } = await import('react-dom/client')

async function stream(useText, tokens, waitsFirst = false) {
  let calls = 0
  let append
  const reducer = (text, token) => {
    calls++
    return text + token
  }
  function Answer() {
    const [text, add] = useText(reducer)
    append = add
    return createElement('p', null, text)
  }
  const container = document.querySelector('main')
  const root = createRoot(container)
  root.render(createElement(Answer))
  await delay(50)
  await new Promise((resolve) => {
    startTransition(async () => {
      if (waitsFirst) await delay(1)
      for (let token = 0; token < tokens; token++) {
        append('x')
        await delay(1)
      }
      resolve()
    })
  })
  const shown = container.textContent.length
  root.unmount()
  return { tokens, shown, 'calls of the reducer': calls, 'calls a token': Math.round(calls / tokens) }
}

const withOptimistic = (reducer) => useOptimistic('', reducer)
const withReducer = (reducer) => useReducer(reducer, '')
const seen = {}
for (const tokens of [500, 1000]) {
  seen[`useOptimistic, ${tokens}`] = await stream(withOptimistic, tokens)
  seen[`useReducer, first token before an await, ${tokens}`] = await stream(withReducer, tokens)
  seen[`useReducer, first token after an await, ${tokens}`] = await stream(withReducer, tokens, true)
}
console.table(seen)
const growth = Object.values(seen).map((result) => result['calls of the reducer'])
const [optimistic, before, after] = [0, 1, 2].map((index) => growth[index + 3] / growth[index])
process.exit(optimistic > 3.5 && before > 3.5 && after < 2.5 ? 0 : 1)
JS
timeout 60 node run.mjs
