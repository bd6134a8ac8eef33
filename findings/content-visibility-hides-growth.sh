#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable): a list of twelve messages with `content-visibility: auto`, whose last
# one grows by 13,320 px after the reader has scrolled up to the first. playwright-core 1.65.1.
#
# Seen: the scroll height of the list does not change, and a ResizeObserver on the growing message is not called. A jump to
# the end (`scrollTop = scrollHeight`, as a "scroll down" button does) goes by the old height and stops 13,320 px above
# the end. Firefox 153 ESR and WebKitGTK 2.50 are the same (seen by hand).
#
# Surprising because `contain-intrinsic-size: auto` means the last known size, which seems to be updated. It is the
# size when the element was last on screen. Code that follows an answer by its size, keeps the list at its end, or
# shows that there is more below fails when the reader has scrolled up, but only for long answers.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
export CHROMIUM_FOUND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.65.1

cat >run.mjs <<'JS'
import { chromium } from 'playwright-core'

const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const page = await browser.newPage()
await page.setContent(`<!doctype html><style>
  #list { height: 400px; width: 300px; overflow: auto; font: 16px/20px monospace }
  .auto > div { content-visibility: auto; contain-intrinsic-size: auto 100px }
</style><div id="list"></div>`)
const grow = (className) =>
  page.evaluate(async (className) => {
    const frames = async (count) => {
      for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    const text = 'word and more words of it '.repeat(40)
    const list = document.getElementById('list')
    list.className = className
    list.replaceChildren(...Array.from({ length: 12 }, () => Object.assign(document.createElement('div'), { textContent: text })))
    // The reader has seen the last message, and scrolls up.
    list.scrollTop = list.scrollHeight
    await frames(3)
    list.scrollTop = 0
    await new Promise((resolve) => setTimeout(resolve, 500))
    let resizes = 0
    const observer = new ResizeObserver(() => resizes++)
    observer.observe(list.lastChild)
    await frames(3)
    resizes = 0
    const heightBefore = list.scrollHeight
    for (let token = 0; token < 20; token++) {
      list.lastChild.append(` ${text}`)
      await frames(2)
    }
    const grown = list.scrollHeight - heightBefore
    const calls = resizes
    observer.disconnect()
    list.scrollTop = list.scrollHeight
    await frames(5)
    const missing = Math.round(list.scrollHeight - list.clientHeight - list.scrollTop)
    return { 'scroll height grows by': grown, 'calls of the observer': calls, 'px above the end after a jump to it': missing }
  }, className)
const seen = { 'content-visibility: visible': await grow(''), 'content-visibility: auto': await grow('auto') }
await browser.close()
console.table(seen)
const [visible, auto] = Object.values(seen).map((row) => Object.values(row))
const isAsExpected = visible[0] > 10_000 && visible[1] >= 20 && visible[2] === 0 && auto[0] === 0 && auto[1] === 0 && auto[2] > 10_000
process.exit(isAsExpected ? 0 : 1)
JS
timeout 40 node run.mjs
