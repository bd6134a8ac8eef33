#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable), the service worker of a Manifest V3 extension that reads
# a streamed response with a token every half second. Takes 80 seconds.
#
# Seen: 30 s after the worker's last event the worker is ended and the connection closed, in the middle of the
# tokens. With a debugger attached (here the DevTools protocol, as Playwright and Puppeteer use it and as open
# developer tools do), the same worker reads for as long as the server sends.
#
# Surprising because a worker that handles data twice per second counts as idle, and because it never happens in a
# test: a tool that drives the browser keeps the worker alive. A long answer is cut at an unrelated moment, and no
# code of the extension runs that could report it. Read streams in a page of the extension instead.
set -euo pipefail
chromium=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.65.1

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright-core'

/** For how many seconds each worker has read. */
const seconds = {}
const server = createServer(async (request, response) => {
  const startedAt = performance.now()
  response.on('close', () => (seconds[request.url] = (performance.now() - startedAt) / 1000))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  while (!response.destroyed && performance.now() - startedAt < 45_000) {
    response.write('data: token\n\n')
    await delay(500)
  }
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

async function writeExtension(name) {
  await mkdir(name)
  const background = { service_worker: 'worker.js' }
  const manifest = { manifest_version: 3, name, version: '1', background, host_permissions: ['http://127.0.0.1/*'] }
  await writeFile(`${name}/manifest.json`, JSON.stringify(manifest))
  await writeFile(
    `${name}/worker.js`,
    `chrome.runtime.onInstalled.addListener(async () => {
      const { body } = await fetch('${origin}/${name}')
      for (const reader = body.getReader(); !(await reader.read()).done; );
    })`,
  )
  return [`--disable-extensions-except=${process.cwd()}/${name}`, `--load-extension=${process.cwd()}/${name}`]
}

const executablePath = process.env.CHROMIUM_FOUND
const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : []
const debugged = await chromium.launchPersistentContext('debugged-profile', {
  executablePath,
  args: [...sandbox, ...(await writeExtension('debugged'))],
  ignoreDefaultArgs: ['--disable-extensions'],
})
const args = ['--headless=new', '--no-first-run', '--user-data-dir=plain-profile', ...sandbox]
const plain = spawn(executablePath, [...args, ...(await writeExtension('plain')), 'about:blank'], { stdio: 'ignore' })

for (let waited = 0; waited < 70 && Object.keys(seconds).length < 2; waited++) await delay(1000)
await debugged.close()
const ended = new Promise((resolve) => plain.on('close', resolve))
plain.kill()
await ended
server.closeAllConnections()
console.table(seconds)
const asDescribed = seconds['/plain'] > 25 && seconds['/plain'] < 40 && seconds['/debugged'] >= 45
process.exit(asDescribed ? 0 : 1)
JS
CHROMIUM_FOUND=$chromium timeout 100 node run.mjs
