#!/usr/bin/env bash
# react 19.3.1, `useDeferredValue` around a text that grows by a token every 16 ms for 7 s, and a component for it whose
# rendering takes 40 ms (20 small parts of 2 ms), as that of long Markdown. Once the text is in `useState`, once in a store
# read by `useSyncExternalStore`, here zustand 5.1.0.
#
# Seen: with `useState` the deferred text is shown many times a second. With the store it is never shown, until the
# stream pauses: each token begins the deferred rendering anew, and none is finished. Chromium 156 is the same (seen by
# hand), for as long as 8 s.
#
# Surprising because the hook exists to let a slow part lag behind a fast one, and React gives low priorities a time
# after which they are rendered in any case. A store updates synchronously, which always goes first. What was meant to
# keep a chat fluid shows an empty answer while the model writes, on slow devices only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts \
  react@19.3.1 react-dom@19.3.1 zustand@5.1.0 jsdom@26.1.0

cat >run.mjs <<'JS'
import { setTimeout as delay } from 'node:timers/promises'
import { JSDOM } from 'jsdom'

process.env.NODE_ENV = 'production'
const { window } = new JSDOM('<main></main>')
Object.assign(globalThis, { window, document: window.document })
globalThis.navigator ??= window.navigator // Node 20 has none
const { createElement, memo, useDeferredValue, useState } = await import('react')
const { createRoot } = await import('react-dom/client')
const { create } = await import('zustand')

function spin(milliseconds) {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

const Part = memo(function Part({ length }) {
  spin(2)
  return createElement('span', null, length)
})

const Markdown = memo(function Markdown({ text, onStart }) {
  onStart()
  const parts = Array.from({ length: 20 }, (_, key) => createElement(Part, { key, length: text.length }))
  return createElement('article', null, ...parts)
})

async function stream(useText) {
  const result = { tokens: 0, 'renderings begun': 0, 'texts shown in 7 s': 0, 'longest wait, ms': 0 }
  const onStart = () => void result['renderings begun']++
  let append
  function Answer() {
    const [text, add] = useText()
    append = add
    return createElement(Markdown, { text: useDeferredValue(text), onStart })
  }
  const container = document.querySelector('main')
  const root = createRoot(container)
  root.render(createElement(Answer))
  await delay(300)
  const startedAt = performance.now()
  let [shown, shownAt] = ['0', startedAt]
  while (performance.now() - startedAt < 7000) {
    append()
    result.tokens++
    await delay(16)
    const now = container.querySelector('span').textContent
    result['longest wait, ms'] = Math.max(result['longest wait, ms'], Math.round(performance.now() - shownAt))
    if (now === shown) continue
    ;[shown, shownAt] = [now, performance.now()]
    result['texts shown in 7 s']++
  }
  await delay(500)
  result['shown after a pause'] = container.querySelector('span').textContent
  root.unmount()
  return result
}

function useOwnState() {
  const [text, setText] = useState('')
  return [text, () => setText((before) => `${before}x`)]
}
const useStore = create((set) => ({ text: '', append: () => set(({ text }) => ({ text: `${text}x` })) }))
function useZustand() {
  const { text, append } = useStore()
  return [text, append]
}

const seen = { useState: await stream(useOwnState), 'zustand (useSyncExternalStore)': await stream(useZustand) }
console.table(seen)
const [state, store] = Object.values(seen)
process.exit(state['texts shown in 7 s'] > 20 && store['texts shown in 7 s'] <= 2 ? 0 : 1)
JS
timeout 50 node run.mjs
