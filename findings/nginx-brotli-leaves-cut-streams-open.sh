#!/usr/bin/env bash
# nginx 1.22.1 with the Brotli filter of libnginx-mod-http-brotli-filter 1.0.0~rc-3 (Debian 12, downloaded and unpacked,
# not installed) and `proxy_buffering off`, in front of a server whose connection breaks in the middle of a streamed
# response.
#
# Seen: tokens arrive one by one, compressed. When the server's connection breaks, the client's stays open, without an
# error or an end. With `gzip`, and without compression, the same nginx breaks the response at once. A client that does
# not send `Accept-Encoding: br`, such as curl without options, gets the right behaviour from the same location.
#
# Surprising because nginx knows that its upstream is gone, and another compression should not change how a broken
# response ends. Browsers ask for Brotli over TLS, so the page waits forever, while a test with gzip or without
# compression sees an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
command -v apt-get >/dev/null || { echo 'Debian is needed.' >&2; exit 2; }
chmod 755 .
timeout 90 apt-get -q download nginx libnginx-mod-http-brotli-filter libbrotli1 libpcre2-8-0 >/dev/null 2>&1
for archive in *.deb; do dpkg -x "$archive" .; done

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const folder = process.cwd()
const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

const upstream = createServer(async (asked, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let token = 0; token < 5; token++) {
    response.write(`data: token ${token}\n\n`)
    await delay(100)
  }
  if (asked.url.endsWith('whole')) response.end('data: [DONE]\n\n')
  else response.destroy()
})
const upstreamPort = await listen(upstream)
const probe = createServer()
const port = await listen(probe)
await new Promise((resolve) => probe.close(resolve))

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
const location = (path, compression) => `location /${path}/ {
  proxy_pass http://127.0.0.1:${upstreamPort};
  proxy_http_version 1.1;
  proxy_buffering off;
  ${compression}
}`
writeFileSync(
  'config',
  `${process.getuid() === 0 ? 'user root;' : ''}
load_module ${folder}/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so;
pid ${folder}/pid;
error_log ${folder}/log;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    ${location('brotli', 'brotli on; brotli_types text/event-stream; brotli_min_length 1;')}
    ${location('gzip', 'gzip on; gzip_types text/event-stream; gzip_min_length 1;')}
    ${location('plain', '')}
  }
}`,
)
mkdirSync('logs', { recursive: true })
const libraries = `${folder}/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`
const server = spawn(
  `${folder}/usr/sbin/nginx`,
  ['-p', folder, '-c', `${folder}/config`, '-e', `${folder}/log`, '-g', 'daemon off; master_process off;'],
  { env: { ...process.env, LD_LIBRARY_PATH: libraries }, stdio: 'inherit' },
)

function read(path, encoding) {
  return new Promise((resolve) => {
    const headers = { 'accept-encoding': encoding }
    const asked = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let pieces = 0
      const settle = (end) => {
        resolve({ encoding: response.headers['content-encoding'] ?? 'none', pieces, end })
        asked.destroy()
      }
      response.on('data', () => pieces++)
      response.on('end', () => settle('ends')).on('error', () => settle('breaks'))
      setTimeout(settle, 8000, 'stays open')
    })
    asked.on('error', () => resolve({ end: 'fails' })).end()
  })
}

try {
  for (let tries = 0; tries < 100; tries++) {
    const up = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy()))
      socket.on('error', () => resolve(undefined))
    })
    if (up) break
    await delay(50)
  }
  const seen = {}
  for (const [path, encoding] of [
    ['/brotli/whole', 'br'],
    ['/brotli/cut', 'br'],
    ['/brotli/cut', 'identity'],
    ['/gzip/cut', 'gzip'],
    ['/plain/cut', 'br'],
  ]) {
    seen[`${path}, accepts ${encoding}`] = await read(path, encoding)
  }
  console.table(seen)
  const ends = Object.values(seen).map(({ end }) => end).join()
  process.exitCode = ends === 'ends,stays open,breaks,breaks,breaks' ? 0 : 1
} finally {
  server.kill('SIGKILL')
  upstream.closeAllConnections()
  upstream.close()
}
JS
timeout 60 node run.mjs
