#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable): a box that is scrolled to its end, smoothly, whenever a token is
# added to the text in it: `scrollTo({ top, behavior: 'smooth' })`, `scrollIntoView` of an element at the end, and
# `scrollTop` with `scroll-behavior: smooth`. playwright-core 1.65.1.
#
# Seen: with a token in each frame the box does not move at all until the stream ends. It stays in place while the
# text grows by several times its height, and scrolls down afterwards. With a token every 150 ms it keeps up, and with
# `behavior: 'instant'` at any rate. Firefox 153 ESR stays within the height of a few lines at both rates (seen by
# hand); WebKitGTK 2.50 falls behind at the fast one too.
#
# Surprising because each call targets the latest end, so one expects a scroll that is slightly late. Instead, each
# call restarts the animation, and one frame is too short for it to move. A chat that follows the answer works with
# slow models and does not move with fast ones.
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
await page.setContent(`<!doctype html><div id="box" style="height: 400px; width: 300px; overflow: auto; font: 16px/20px monospace">
  <p id="text" style="margin: 0"></p><div id="end"></div></div>`)

/** How far the end is below the box, in px: after the half, after all tokens, and a while later. */
const follow = (how, frames, tokens) =>
  page.evaluate(
    async ({ how, frames, tokens }) => {
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const [box, text, end] = ['box', 'text', 'end'].map((id) => document.getElementById(id))
      const distance = () => Math.round(box.scrollHeight - box.clientHeight - box.scrollTop)
      box.style.scrollBehavior = 'auto'
      text.textContent = 'word and more words of it '.repeat(20)
      box.scrollTop = box.scrollHeight
      for (let frame = 0; frame < 10; frame++) await nextFrame()
      if (how === 'scroll-behavior') box.style.scrollBehavior = 'smooth'
      const distances = []
      for (let token = 1; token <= tokens; token++) {
        text.append('word and more words of it ')
        if (how === 'scroll-behavior') box.scrollTop = box.scrollHeight
        else if (how === 'scrollIntoView') end.scrollIntoView({ behavior: 'smooth', block: 'end' })
        else box.scrollTo({ top: box.scrollHeight, behavior: how })
        for (let frame = 0; frame < frames; frame++) await nextFrame()
        if (token === tokens / 2 || token === tokens) distances.push(distance())
      }
      await new Promise((resolve) => setTimeout(resolve, 1500))
      return [...distances, distance()]
    },
    { how, frames, tokens },
  )

const seen = {}
for (const [rate, frames, tokens] of [['a token in each frame', 1, 120], ['a token every 150 ms', 9, 30]]) {
  for (const how of ['instant', 'smooth', 'scrollIntoView', 'scroll-behavior']) {
    const [half, all, later] = await follow(how, frames, tokens)
    seen[`${rate}, ${how}`] = { 'px behind, halfway': half, 'px behind, at the end': all, '1.5 s later': later }
  }
}
await browser.close()
console.table(seen)
const behind = Object.values(seen).map((row) => row['px behind, at the end'])
const isFollowing = (px) => px < 100
const isAsExpected =
  isFollowing(behind[0]) && behind.slice(1, 4).every((px) => px > 1200) && behind.slice(4).every(isFollowing) &&
  Object.values(seen).every((row) => row['1.5 s later'] === 0)
process.exit(isAsExpected ? 0 : 1)
JS
timeout 70 node run.mjs
