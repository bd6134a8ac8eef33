#!/usr/bin/env bash
# rollbar 3.1.0 in Chromium 156 (CHROMIUM_PATH names another executable), with `captureUnhandledRejections` and with
# `networkResponseBody`, which adds the bodies of responses to what a report says of the network. playwright-core 1.65.1.
#
# Seen: a streamed response that the page aborts, in a try block that catches the AbortError, is reported to Rollbar as
# an error: "signal is aborted without reason". A connection that breaks is reported as well, caught or not. Without
# `networkResponseBody` nothing is reported.
#
# Surprising because the page handles the rejection. The unhandled promise is Rollbar's own, for the text of its clone
# of the response, so the service reports itself. Every use of a Stop button becomes an error of the app, and other
# monitors, and tests that fail on unhandled rejections, see it too.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
export CHROMIUM_FOUND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 150 npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.65.1 rollbar@3.1.0

cat >run.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright-core'

const script = readFileSync('node_modules/rollbar/dist/rollbar.umd.min.js')
const reports = []
const server = createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  if (pathname === '/') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return void response.end('<!doctype html><script src="/script.js"></script>')
  }
  if (pathname === '/script.js') {
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' })
    return void response.end(script)
  }
  if (pathname.startsWith('/collect')) {
    let text = ''
    for await (const piece of request) text += piece
    const { level, body } = JSON.parse(text).data
    const trace = body.trace ?? body.trace_chain?.[0]
    reports.push(`${level}: ${trace ? `${trace.exception.class}: ${trace.exception.message}` : 'a message'}`)
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end('{"err":0,"result":{}}')
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let sent = 0; sent < 5 && !response.destroyed; sent++) {
    response.write('data: token\n\n')
    await delay(100)
    if (search === '?break' && sent === 2) return void response.destroy()
  }
  response.end('data: [DONE]\n\n')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const seen = []
for (const networkResponseBody of [false, true]) {
  const page = await browser.newPage()
  await page.goto(origin)
  await page.evaluate((networkResponseBody) => {
    const Rollbar = window.rollbar.default ?? window.rollbar
    new Rollbar({
      accessToken: 'token',
      endpoint: `${location.origin}/collect/`,
      captureUncaught: true,
      captureUnhandledRejections: true,
      autoInstrument: { network: true, networkResponseBody },
    })
  }, networkResponseBody)
  for (const how of ['whole', 'abort', 'break']) {
    reports.length = 0
    const caught = await page.evaluate(async (how) => {
      const controller = new AbortController()
      try {
        const { body } = await fetch(`/stream?${how}`, { signal: controller.signal })
        const reader = body.getReader()
        await reader.read()
        if (how === 'abort') controller.abort()
        while (!(await reader.read()).done);
        return 'nothing'
      } catch (error) {
        return error.name
      }
    }, how)
    await delay(1000)
    seen.push({ networkResponseBody, stream: how, 'the page catches': caught, 'reported to Rollbar': reports.join('; ') })
  }
  await page.close()
}
await browser.close()
console.table(seen)
const reported = seen.map((row) => row['reported to Rollbar'] !== '')
process.exit(reported.join() === 'false,false,false,false,true,true' ? 0 : 1)
JS
timeout 60 node run.mjs
