#!/usr/bin/env bash
# resumable-stream 2.2.13, with a publisher and a subscriber in memory, and a stream that breaks in the middle, as the
# body of a `fetch` to a provider does when the connection is lost.
#
# Seen: no reader is told. The one that began and the one that came later stay open without a word, and so does every
# one that comes after. The error is nowhere but in an unhandled rejection, which ends a Node process by default.
# A stream that ends normally ends for all of them, and is "done" for those that come after.
#
# Surprising because the package exists for broken connections, takes an ordinary ReadableStream, and has
# `waitUntil` for the promise of the work, which stays pending. One lost connection to a provider ends the server
# process, or, where a handler keeps it alive, leaves a page that waits for ever, also after a reload.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts resumable-stream@2.2.13

cat >run.mjs <<'JS'
import { setTimeout as delay } from 'node:timers/promises'
import { createResumableStreamContext } from 'resumable-stream/generic'

const values = new Map()
const listeners = new Map()
const connect = async () => {}
const background = []
const context = createResumableStreamContext({
  waitUntil: (promise) => background.push(promise.then(() => 'resolved', () => 'rejected')),
  publisher: {
    connect,
    publish: async (channel, message) => listeners.get(channel)?.(message),
    set: async (key, value) => values.set(key, value),
    get: async (key) => values.get(key) ?? null,
    incr: async (key) => {
      if (values.get(key) === 'DONE') throw new Error('ERR value is not an integer or out of range')
      values.set(key, Number(values.get(key) ?? 0) + 1)
      return values.get(key)
    },
  },
  subscriber: {
    connect,
    subscribe: async (channel, listener) => listeners.set(channel, listener),
    unsubscribe: async (channel) => listeners.delete(channel),
  },
})

const unhandled = []
process.on('unhandledRejection', (error) => unhandled.push(error.message))

const source = (breaks) => () =>
  new ReadableStream({
    async start(controller) {
      for (let token = 0; token < 4; token++) {
        controller.enqueue(`data: ${token}\n\n`)
        await delay(100)
      }
      if (breaks) controller.error(new TypeError('terminated'))
      else controller.close()
    },
  })

async function read(stream) {
  if (!stream) return 'done already'
  let text = ''
  const whole = (async () => {
    for await (const piece of stream) text += piece
    return 'ended'
  })()
  const outcome = await Promise.race([whole, delay(3000, 'still open')]).catch((error) => `rejected: ${error.message}`)
  return `${outcome}, ${text.length} characters`
}

const seen = {}
for (const name of ['ends', 'breaks']) {
  const first = read(await context.createNewResumableStream(name, source(name === 'breaks')))
  await delay(150)
  const second = read(await context.resumeExistingStream(name))
  seen[name] = { 'first reader': await first, 'second reader': await second }
  const late = Promise.resolve(context.resumeExistingStream(name)).then(read)
  seen[name]['late reader'] = await Promise.race([late, delay(4000, 'no answer')])
}
seen.breaks['unhandled rejection'] = unhandled.join()
seen.breaks['waitUntil'] = await Promise.race([Promise.all(background), delay(10, 'pending')])
console.log(seen)
const asDescribed =
  seen.ends['first reader'].startsWith('ended') &&
  seen.ends['second reader'].startsWith('ended') &&
  seen.breaks['first reader'].startsWith('still open') &&
  seen.breaks['second reader'].startsWith('still open') &&
  !seen.breaks['late reader'].startsWith('ended') &&
  unhandled.includes('terminated')
process.exit(asDescribed ? 0 : 1)
JS
timeout 40 node run.mjs
