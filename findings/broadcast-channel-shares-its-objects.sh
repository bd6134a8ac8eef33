#!/usr/bin/env bash
# broadcast-channel 7.4.0, two channels of the same name in one process, by the methods `native`, `node` and
# `simulate`: one posts an object and changes it after `await postMessage()`.
#
# Seen: with `native` the receiver has a copy, as with the browser's BroadcastChannel. With `node` and with `simulate`
# it has the object itself: it sees the change, and an error is an instance of its class with its own fields, which
# the structured clone of `native` drops.
#
# Surprising because the methods stand in for one another, and `node` is made for sockets between processes: code that
# is tested with it or with `simulate` may rely on shared or uncloned objects, which no browser delivers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts broadcast-channel@7.4.0

cat >run.mjs <<'JS'
import { setTimeout as delay } from 'node:timers/promises'
import { BroadcastChannel } from 'broadcast-channel'

class Failure extends Error {
  kind = 'network'
}

const seen = {}
for (const type of ['native', 'node', 'simulate']) {
  const [sender, receiver] = [0, 1].map(() => new BroadcastChannel(`chat-${process.pid}`, { type }))
  let received
  receiver.onmessage = (message) => (received = message)
  await delay(300)
  const message = { text: 'as posted', error: new Failure('cut') }
  await sender.postMessage(message)
  message.text = 'changed afterwards'
  for (let waited = 0; !received && waited < 50; waited++) await delay(100)
  seen[type] = {
    text: received.text,
    'same object': received === message,
    'field of the error': received.error.kind,
  }
  await Promise.all([sender.close(), receiver.close()])
}
console.table(seen)
const asDescribed =
  !seen.native['same object'] &&
  seen.native.text === 'as posted' &&
  seen.native['field of the error'] === undefined &&
  ['node', 'simulate'].every((type) => seen[type].text === 'changed afterwards' && seen[type]['field of the error'])
process.exit(asDescribed ? 0 : 1)
JS
timeout 40 node run.mjs
