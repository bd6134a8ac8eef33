#!/usr/bin/env bash
# A streamed response with `content-encoding: gzip` whose server compresses each event on its own, `gzip(event)` after
# `gzip(event)`, read by Chromium 156 (CHROMIUM_PATH names another executable), Deno 2.9.6, Bun 1.4.5 and Node.
#
# Seen: Node and Bun read all events as they arrive. Chromium and Deno read the first one and then a normal end, Deno at
# once, Chromium when the server has ended: no error, the rest of the answer is gone. In Firefox 153 ESR and WebKitGTK
# 2.50 it is gone too (seen by hand).
#
# Surprising because gzip is defined as a series of members (RFC 1952, 2.2), because `gunzip` reads them as one text, and
# because no engine reports the bytes that it drops. Compressing each chunk by itself is the obvious way to a body that
# streams; a test by another server passes, and in the page every answer has one token. With `zstd`, whose frames may
# follow each other too, Chromium reads all events.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
export CHROMIUM_FOUND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 240 npm install --silent --no-audit --no-fund playwright-core@1.65.1 deno@2.9.6 bun@1.4.5

cat >client.mjs <<'JS'
// Runs in the page and in the runtimes.
globalThis.readEvents = async (url) => {
  const startedAt = Date.now()
  const events = []
  let end = 'normally'
  try {
    const { body } = await fetch(url)
    const reader = body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      events.push(value.replaceAll('data: ', '').trim())
    }
  } catch (error) {
    end = `${error.name}: ${error.message}`
  }
  return { events: events.join(' '), 'the body ends': end, 'after ms': Date.now() - startedAt }
}
JS
cat >runtime.mjs <<'JS'
import './client.mjs'

const args = globalThis.Deno?.args ?? process.argv.slice(2)
console.log(JSON.stringify(await globalThis.readEvents(args[0])))
JS
cat >run.mjs <<'JS'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const tokens = ['one', 'two', 'three', 'four', 'five']
const server = createServer(async (request, response) => {
  if (request.url === '/') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return void response.end('<!doctype html><title>page</title>')
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip', 'cache-control': 'no-store' })
  for (const token of tokens) {
    if (response.destroyed) break
    response.write(gzipSync(`data: ${token}\n\n`))
    await delay(300)
  }
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}/`

const run = promisify(execFile)
const runtimes = {
  [`Node ${process.versions.node}`]: [process.execPath, 'runtime.mjs'],
  'Bun 1.4.5': ['node_modules/.bin/bun', 'run', 'runtime.mjs'],
  'Deno 2.9.6': ['node_modules/.bin/deno', 'run', '--allow-net', '--allow-read', 'runtime.mjs'],
}
const seen = {}
for (const [name, [command, ...args]] of Object.entries(runtimes)) {
  const { stdout } = await run(command, [...args, `${origin}stream`], { timeout: 20_000 })
  seen[name] = JSON.parse(stdout)
}
const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const page = await browser.newPage()
await page.goto(origin)
await page.evaluate(readFileSync('client.mjs', 'utf8'))
seen[`Chromium ${browser.version()}`] = await page.evaluate(() => globalThis.readEvents('/stream'))
await browser.close()
console.table(seen)

const all = tokens.join(' ')
const [node, bun, deno, chrome] = Object.values(seen)
const isAsExpected =
  node.events === all && bun.events === all && deno.events === 'one' && chrome.events === 'one' &&
  Object.values(seen).every((row) => row['the body ends'] === 'normally')
process.exit(isAsExpected ? 0 : 1)
JS
timeout 80 node run.mjs
