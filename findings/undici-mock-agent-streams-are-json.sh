#!/usr/bin/env bash
# undici 7.30.2, `MockAgent`, and fetch-mock 12.6.0, with a stream as the body of the mocked response.
#
# Seen: neither streams. MockAgent answers a `Readable`, a `ReadableStream`, an async generator, and a function that
# returns one, with the JSON of the object: {"_events":{},"_readableState":… or {}. fetch-mock does the same with a
# Readable and a generator; only a ReadableStream of bytes is streamed. The status is 200, nothing warns.
#
# Surprising because both accept the stream, where undici's own `fetch` and `request` stream all of these as bodies of
# a request. The test of a streaming client then fails on "malformed JSON" or reads an empty answer, which looks like
# a bug of the client.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts undici@7.30.2 fetch-mock@12.6.0

cat >run.mjs <<'JS'
import { Readable } from 'node:stream'
import fetchMock from 'fetch-mock'
import { fetch, MockAgent } from 'undici'

const event = 'data: Low tide.\n\n'
async function* generate() {
  yield Buffer.from(event)
}
const bodies = {
  Readable: () => Readable.from([Buffer.from(event)]),
  ReadableStream: () => Readable.toWeb(Readable.from([Buffer.from(event)])),
  'async generator': generate,
}
const agent = new MockAgent()
agent.disableNetConnect()
const pool = agent.get('http://mock.test')
const mock = fetchMock.createInstance()

const seen = {}
for (const [kind, body] of Object.entries(bodies)) {
  const path = `/${encodeURIComponent(kind)}`
  pool.intercept({ path }).reply(200, body())
  pool.intercept({ path: `${path}/f` }).reply(200, () => body())
  mock.route(`http://mock.test${path}`, { status: 200, body: body() })
  const textOf = async (response) => (await response).text().then((text) => text.slice(0, 34))
  seen[kind] = {
    MockAgent: await textOf(fetch(`http://mock.test${path}`, { dispatcher: agent })),
    'MockAgent, function': await textOf(fetch(`http://mock.test${path}/f`, { dispatcher: agent })),
    'fetch-mock': await textOf(mock.fetchHandler(`http://mock.test${path}`)),
  }
}
console.table(seen)
const isJson = (text) => text.startsWith('{')
const asBefore =
  Object.values(seen).every((row) => isJson(row.MockAgent) && isJson(row['MockAgent, function'])) &&
  isJson(seen.Readable['fetch-mock']) &&
  isJson(seen['async generator']['fetch-mock']) &&
  seen.ReadableStream['fetch-mock'] === event
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
