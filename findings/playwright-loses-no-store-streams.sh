#!/usr/bin/env bash
# playwright-core 1.65.1 with Chromium 156 (CHROMIUM_PATH names another executable): `response.body()` of a streamed response,
# and a HAR that is recorded (`recordHar`) and replayed (`routeFromHAR`), with and without `cache-control: no-store`.
#
# Seen: if the response says `no-store` and the page reads it in pieces (`body.getReader()`), `response.body()` rejects with
# "No data found for resource", the HAR has no content, and the replay is an answer with status 200 and an empty body. With
# `no-cache`, or with `response.text()` in the page, the body is there. An answer that the page aborts is recorded
# without its content either way, and its replay ends normally.
#
# Surprising because the test saw the bytes arrive, because `no-store` is meant for caches, not for the tool that
# drives the browser, and because recording and replaying report nothing. Many servers send `no-store` with streams.
# The recorded test then runs against an empty answer, and it is the app that looks broken.
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
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright-core'

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (pathname !== '/answer') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return void response.end('<!doctype html><title>page</title>')
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': searchParams.get('cache') })
  for (let sent = 0; sent < 8 && !response.destroyed; sent++) {
    response.write('data: token\n\n')
    await delay(50)
  }
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}/`

const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const requests = []
for (const cache of ['no-cache', 'no-store']) {
  for (const how of ['reader', 'text', 'abort']) requests.push({ cache, how, url: `/answer?cache=${cache}&how=${how}` })
}
const read = (page, { url, how }) =>
  page.evaluate(
    async ({ url, how }) => {
      const controller = new AbortController()
      let bytes = 0
      try {
        const response = await fetch(url, { signal: controller.signal })
        if (how === 'text') return `${(await response.text()).length} bytes`
        const reader = response.body.getReader()
        for (;;) {
          const { done, value } = await reader.read()
          if (done) return `${bytes} bytes`
          bytes += value.length
          if (how === 'abort' && bytes > 30) controller.abort()
        }
      } catch (error) {
        return error.name
      }
    },
    { url, how },
  )

const seen = Object.fromEntries(requests.map(({ cache, how }) => [`${cache}, ${how}`, {}]))
const row = ({ cache, how }) => seen[`${cache}, ${how}`]
const recording = await browser.newContext({ recordHar: { path: 'recorded.har' } })
let page = await recording.newPage()
await page.goto(origin)
for (const request of requests) {
  const responded = page.waitForResponse((response) => response.url().endsWith(request.url))
  row(request)['in the page'] = await read(page, request)
  if (request.how === 'abort') continue
  const body = await (await responded).body().catch((error) => error)
  row(request)['response.body()'] = body instanceof Error ? 'rejects' : `${body.length} bytes`
}
await recording.close()

const replaying = await browser.newContext()
await replaying.routeFromHAR('recorded.har')
page = await replaying.newPage()
await page.goto(origin)
server.close()
server.closeAllConnections()
for (const request of requests) row(request)['replayed from the HAR'] = await read(page, { ...request, how: 'reader' })
await browser.close()
console.table(seen)

const replayed = Object.values(seen).map((outcome) => outcome['replayed from the HAR'])
const isAsExpected =
  seen['no-store, reader']['in the page'] === '104 bytes' && seen['no-store, reader']['response.body()'] === 'rejects' &&
  seen['no-store, text']['response.body()'] === '104 bytes' &&
  replayed.join() === '104 bytes,104 bytes,0 bytes,0 bytes,104 bytes,0 bytes'
process.exit(isAsExpected ? 0 : 1)
JS
timeout 60 node run.mjs
