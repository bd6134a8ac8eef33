#!/usr/bin/env bash
# nock 15.0.6 on Node 22.23.5, with a `Readable` as the reply's body that fails with an error in mid-stream, read by
# Node's `fetch` and by `http.get`.
#
# Seen: `fetch` gets a body that ends normally after what had been sent. `http.get` gets an error ("aborted") from the
# same reply. With a real server that pipes the same stream into its response, `fetch` rejects with "terminated".
#
# Surprising because an error of the body is the natural way to write "the connection is lost in mid-answer", and
# because the two clients see opposite ends of one mock: the test passes for a client that takes half an answer for a
# whole one, and fails for one that does not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts nock@15.0.6 \
  "node-22@npm:node-$platform@22.23.5"

cat >run.mjs <<'JS'
import { createServer, get } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import nock from 'nock'

const brokenBody = () =>
  Readable.from(
    (async function* () {
      yield 'Low '
      await delay(50)
      throw new Error('The connection is lost.')
    })(),
  )
async function readByFetch(url) {
  let text = ''
  try {
    const response = await fetch(url)
    for await (const chunk of response.body) text += Buffer.from(chunk)
    return `${JSON.stringify(text)}, ends normally`
  } catch (error) {
    return `${JSON.stringify(text)}, rejects: ${error.message}`
  }
}
const readByHttp = (url) =>
  new Promise((resolve) => {
    let text = ''
    const settle = (how) => resolve(`${JSON.stringify(text)}, ${how}`)
    get(url, (response) => {
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => settle('ends normally'))
      response.on('error', (error) => settle(`error: ${error.message}`))
    }).on('error', (error) => settle(`error: ${error.message}`))
  })

const server = createServer((request, response) => {
  pipeline(brokenBody(), response).catch(() => {})
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
nock.enableNetConnect('127.0.0.1')
const mock = nock('http://mock.test')
mock.get('/fetch').reply(200, () => brokenBody())
mock.get('/http').reply(200, () => brokenBody())
mock.get('/error').replyWithError('No connection.')
const seen = {
  'a real server, fetch': await readByFetch(`http://127.0.0.1:${server.address().port}/`),
  'nock, fetch': await readByFetch('http://mock.test/fetch'),
  'nock, http.get': await readByHttp('http://mock.test/http'),
  'nock, replyWithError': await readByFetch('http://mock.test/error'),
}
server.close()
console.table(seen)
const asBefore =
  seen['a real server, fetch'] === '"Low ", rejects: terminated' &&
  seen['nock, fetch'] === '"Low ", ends normally' &&
  seen['nock, http.get'] === '"Low ", error: aborted' &&
  seen['nock, replyWithError'].includes('rejects')
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node_modules/node-22/bin/node run.mjs
