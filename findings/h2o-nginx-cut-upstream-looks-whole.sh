#!/usr/bin/env bash
# H2O 2.2.5 and nginx 1.22.1 (packages h2o and nginx of Debian 12, downloaded and unpacked, not installed) as reverse
# proxies, each with nothing but an address to forward to, in front of a server whose connection breaks in the
# middle of a chunked response.
#
# Seen: both end the response to the client as if it were whole, with the final chunk. The client's fetch resolves.
# nginx does so because it speaks HTTP/1.0 to the upstream, where the end of the connection is the end of the
# response; with `proxy_http_version 1.1` it breaks the response. H2O speaks HTTP/1.1, gets chunks, misses the last
# one, and ends the response anyway.
#
# Surprising because a chunked body exists to tell a cut from an end, and every hop before and after keeps it. Half
# an answer in plain text, or in JSON lines, looks finished in the page whenever the app server is restarted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
command -v apt-get >/dev/null || { echo 'Debian is needed.' >&2; exit 2; }
chmod 755 .
timeout 90 apt-get -q download nginx h2o libyaml-0-2 >/dev/null 2>&1
for archive in *.deb; do dpkg -x "$archive" .; done

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const folder = process.cwd()
const user = process.getuid() === 0 ? 'user root;' : ''
const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

const upstream = createServer(async (request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' })
  for (let word = 0; word < 3; word++) {
    response.write(`word ${word} `)
    await delay(100)
  }
  response.destroy()
})
const port = await listen(upstream)

async function freePort() {
  const server = createServer()
  const free = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return free
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`)
const nginx = (own, version) => ({
  command: `${folder}/usr/sbin/nginx`,
  args: ['-p', folder, '-c', `${folder}/config`, '-g', 'daemon off;'],
  config: `${user} worker_processes 1; pid ${folder}/pid; error_log ${folder}/log; events {}
    http { access_log off; ${temporary.join(' ')}
      server { listen 127.0.0.1:${own}; location / { proxy_pass http://127.0.0.1:${port}; ${version} } } }`,
})
const proxies = {
  'H2O': (own) => ({
    command: `${folder}/usr/bin/h2o`,
    args: ['-m', 'worker', '-c', `${folder}/config`],
    config: `${user ? 'user: root\n' : ''}num-threads: 1\nlisten:\n  host: 127.0.0.1\n  port: ${own}\nhosts:
  default:\n    paths:\n      "/":\n        proxy.reverse.url: "http://127.0.0.1:${port}/"\n`,
  }),
  'nginx': (own) => nginx(own, ''),
  'nginx, proxy_http_version 1.1': (own) => nginx(own, 'proxy_http_version 1.1;'),
}

async function read(url) {
  let text = ''
  try {
    const { body } = await fetch(url)
    for await (const piece of body) text += Buffer.from(piece)
    return { outcome: 'ended', text }
  } catch (error) {
    return { outcome: error.message, text }
  }
}

async function through(proxy) {
  const own = await freePort()
  const { command, args, config } = proxy(own)
  writeFileSync('config', config)
  const env = { ...process.env, LD_LIBRARY_PATH: `${folder}/usr/lib/x86_64-linux-gnu:${folder}/usr/lib/aarch64-linux-gnu` }
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env })
  const end = () => process.kill(-child.pid, 'SIGKILL')
  process.once('exit', end).once('SIGTERM', () => process.exit(1))
  const accepts = () => new Promise((resolve) => {
    connect(own, '127.0.0.1').on('connect', function () { this.destroy(); resolve(true) }).on('error', () => resolve(false))
  })
  for (let tries = 0; tries < 100 && !(await accepts()); tries++) await delay(50)
  const result = await read(`http://127.0.0.1:${own}/`)
  process.off('exit', end)
  end()
  return result
}

const seen = { 'no proxy': await read(`http://127.0.0.1:${port}/`) }
for (const [name, proxy] of Object.entries(proxies)) seen[name] = await through(proxy)
console.table(seen)
const outcomes = Object.values(seen).map(({ outcome, text }) => outcome === 'ended' && text.includes('word 2'))
process.exit(outcomes.join() === 'false,true,true,false' ? 0 : 1)
JS
timeout 40 node run.mjs
