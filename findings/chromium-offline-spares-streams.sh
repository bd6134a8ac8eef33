#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable) with the network set to offline, as Playwright's
# `context.setOffline(true)` and the "Offline" of the developer tools do it, while a page reads a streamed response.
# playwright-core 1.65.1.
#
# Seen: `navigator.onLine` turns false, the `offline` event fires, and a new fetch fails, but the running response
# goes on to its end, token by token.
#
# Surprising because the page is told that there is no network while it receives data. A test of "the connection
# is lost in mid-answer" that uses it passes whether the app handles a lost connection or not; cut the connection
# at the server instead.
set -euo pipefail
chromium=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.65.1

cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright-core'

const server = createServer(async (request, response) => {
  if (request.url !== '/stream') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return response.end('<!doctype html><title>page</title>')
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; token < 60 && !response.destroyed; token++) {
    response.write(`data: ${token}\n\n`)
    await delay(50)
  }
  response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const context = await browser.newContext()
const page = await context.newPage()
await page.goto(`http://127.0.0.1:${server.address().port}/`)
const running = page.evaluate(async () => {
  const seen = { 'pieces before offline': 0, 'pieces while offline': 0 }
  addEventListener('offline', () => (seen['offline event'] = true))
  try {
    const { body } = await fetch('/stream')
    for (const reader = body.getReader(); !(await reader.read()).done; ) {
      seen[navigator.onLine ? 'pieces before offline' : 'pieces while offline']++
    }
    seen.outcome = 'ended'
  } catch (error) {
    seen.outcome = error.message
  }
  return seen
})
await delay(800)
await context.setOffline(true)
const fresh = await page.evaluate(() => fetch('/stream').then(() => 'answered', (error) => error.message))
const seen = { ...(await running), 'a new fetch': fresh }
console.log(browser.version())
console.table(seen)
await browser.close()
const asDescribed =
  seen.outcome === 'ended' && seen['pieces while offline'] > 20 && seen['offline event'] && fresh === 'Failed to fetch'
process.exit(asDescribed ? 0 : 1)
JS
CHROMIUM_FOUND=$chromium timeout 60 node run.mjs
