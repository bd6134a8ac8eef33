#!/usr/bin/env bash
# nitro 3.0.0, a proxy by `routeRules` (`'/api/**': { proxy: … }`), and an upstream whose connection breaks in the middle of
# a streamed response.
#
# Seen: `nitro dev` ends. The page's response breaks, as it should, and with it the dev server: "TypeError: terminated"
# is unhandled, and the next request is refused. The built server logs the same error as an unhandled rejection and goes
# on. Without the cut, both pass the stream on token by token.
#
# Surprising because a proxy exists beside other servers that come and go, and because the page's side is handled
# well. Restart the API server while a model answers, as one does all day in development, and the whole front end
# has to be started again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps nitro@3.0.0 vite@8.4.0
mkdir server

cat >run.mjs <<'JS'
import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

const upstream = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; token < 3; token++) {
    response.write(`data: ${token}\n\n`)
    await delay(50)
  }
  if (request.url === '/whole') response.end('data: [DONE]\n\n')
  else response.destroy()
})
const target = `http://127.0.0.1:${await listen(upstream)}`
const config = {
  serverDir: './server',
  preset: 'node-server',
  compatibilityDate: '2026-07-01',
  routeRules: { '/api/**': { proxy: `${target}/**` } },
}
writeFileSync('nitro.config.mjs', `export default ${JSON.stringify(config)}`)
const nitro = 'node_modules/nitro/dist/cli/index.mjs'
const built = spawnSync(process.execPath, [nitro, 'build'], { encoding: 'utf8' })
if (built.status !== 0) throw new Error(built.stderr)

async function freePort() {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function read(url) {
  let text = ''
  try {
    const { status, body } = await fetch(url, { signal: AbortSignal.timeout(8000) })
    for await (const piece of body) text += Buffer.from(piece)
    return `${status}, ended: ${text.replace(/\s*data: /g, ' ').trim()}`
  } catch (error) {
    return `${error.cause?.code ?? error.message}${text ? ` after ${text.length} bytes` : ''}`
  }
}

async function through(args) {
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), HOST: '127.0.0.1' }
  const all = args.map((word) => (word === 'PORT' ? String(port) : word))
  const child = spawn(process.execPath, all, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
  process.once('exit', end).once('SIGTERM', () => process.exit(1))
  let errors = ''
  child.stderr.on('data', (text) => (errors += text))
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(`ended with code ${code}`)))
  const url = (path) => `http://127.0.0.1:${port}/api/${path}`
  let whole = ''
  for (let tries = 0; tries < 60 && !whole.startsWith('200'); tries++) {
    whole = await read(url('whole'))
    if (!whole.startsWith('200')) await delay(250)
  }
  const cut = await read(url('cut'))
  const server = await Promise.race([ended, delay(2000, 'runs')])
  const result = { whole, cut, 'the server then': server, 'next request': await read(url('whole')) }
  result['on stderr'] = errors.match(/.*(unhandledRejection|TypeError: terminated).*/)?.[0].trim().slice(0, 60)
  end()
  return result
}

const seen = {
  built: await through(['.output/server/index.mjs']),
  dev: await through([nitro, 'dev', '--host', '127.0.0.1', '--port', 'PORT']),
}
console.log(seen)
const asDescribed =
  seen.built['the server then'] === 'runs' &&
  seen.built['next request'].startsWith('200') &&
  seen.dev.whole.startsWith('200') &&
  seen.dev['the server then'] !== 'runs' &&
  !seen.dev['next request'].startsWith('200')
process.exit(asDescribed ? 0 : 1)
JS
timeout 90 node run.mjs
