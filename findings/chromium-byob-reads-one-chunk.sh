#!/usr/bin/env bash
# Chromium 156 (CHROMIUM_PATH names another executable), headless: a page fetches a stream of 50 small chunks, waits
# until all of them have arrived, and reads them into a buffer of 64 kB, with a BYOB reader.
#
# Seen: each read but the first returns one chunk of 100 bytes, as the network delivered it, although thousands of bytes
# are waiting and would fit into the buffer. The same chunks in a byte stream created by the page arrive in one read,
# and so do those of a fetch in Firefox 153 (seen by hand).
#
# Surprising because a BYOB reader is expected to fill its buffer, and because reading less often does not mean fewer
# reads: a page that reads a stream of tokens once per frame makes as many reads as before.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
export CHROMIUM_FOUND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

const page = `<!doctype html><script>
async function lengthsIn(reader) {
  const lengths = []
  for (let buffer = new ArrayBuffer(65536); ; ) {
    const { done, value } = await reader.read(new Uint8Array(buffer))
    if (done) return lengths
    lengths.push(value.length)
    buffer = value.buffer
  }
}
async function run() {
  const { body } = await fetch('/stream')
  const fetched = body.getReader({ mode: 'byob' })
  await new Promise((resolve) => setTimeout(resolve, 4000))
  let controller
  const own = new ReadableStream({ type: 'bytes', start: (given) => (controller = given) })
  for (let sent = 0; sent < 50; sent++) controller.enqueue(new Uint8Array(100))
  controller.close()
  const seen = { fetched: await lengthsIn(fetched), own: await lengthsIn(own.getReader({ mode: 'byob' })) }
  await fetch('/report', { method: 'POST', body: JSON.stringify(seen) })
}
run()
</script>`

let report
const reported = new Promise((resolve) => (report = resolve))
const server = createServer(async (request, response) => {
  if (request.url === '/report') {
    report(JSON.parse(await text(request)))
    return void response.end()
  }
  if (request.url !== '/stream') {
    response.writeHead(200, { 'content-type': 'text/html' })
    return void response.end(page)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let sent = 0; sent < 50; sent++) {
    response.write('x'.repeat(100))
    await delay(20)
  }
  response.end()
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : []
const args = ['--headless=new', '--disable-gpu', '--no-first-run', '--user-data-dir=profile', ...sandbox]
const address = `http://127.0.0.1:${server.address().port}/`
const env = { ...process.env, HOME: process.cwd() }
const browser = spawn(process.env.CHROMIUM_FOUND, [...args, address], { stdio: 'ignore', detached: true, env })
const end = () => process.kill(-browser.pid, 'SIGKILL')
process.once('exit', end).once('SIGTERM', () => process.exit(1))
const seen = await Promise.race([reported, delay(45_000)])
const ended = new Promise((resolve) => browser.once('exit', resolve))
process.off('exit', end)
end()
await ended
if (!seen) throw new Error('The page did not report.')
const row = (lengths) => ({ bytes: lengths.reduce((sum, length) => sum + length, 0), reads: lengths.length, 'longest read': Math.max(...lengths) })
console.table({ 'a fetch': row(seen.fetched), 'a stream of the page': row(seen.own) })
process.exit(seen.fetched.length > 25 && seen.own.length === 1 ? 0 : 1)
JS
timeout 60 node run.mjs
