#!/usr/bin/env bash
# @trpc/server and @trpc/client 11.25.2, a subscription over server-sent events (`httpSubscriptionLink`, with `eventsource`
# 5.1.5 as Node's EventSource) whose generator yields tokens and then throws an error, as a model's client does.
#
# Seen: `onError` is not called. The client connects again and the server runs the procedure from the start, every few
# seconds: the tokens arrive again after the earlier ones. A TRPCError with the code BAD_REQUEST ends it after one run
# and is passed to `onError`. The same generator as a query over `httpBatchStreamLink` rejects after one run.
#
# Surprising because the server has sent the error as an event of its own, so the connection was fine, and because an
# ordinary Error is what provider SDKs throw. A model that rejects a prompt is called, and paid for, repeatedly, while
# the page shows its first tokens again and again, until it unsubscribes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps \
  @trpc/server@11.25.2 @trpc/client@11.25.2 eventsource@5.1.5

cat >run.mjs <<'JS'
import { setTimeout as delay } from 'node:timers/promises'
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink } from '@trpc/client'
import { initTRPC, TRPCError } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { EventSource } from 'eventsource'

let runs = 0
async function* answer({ input }) {
  runs++
  for (let token = 0; token < 3; token++) {
    yield `token ${token}`
    await delay(20)
  }
  throw input === 'BAD_REQUEST' ? new TRPCError({ code: input, message: 'refused' }) : new Error('refused')
}

const { procedure, router } = initTRPC.create()
const input = procedure.input((value) => value)
const app = router({ live: input.subscription(answer), whole: input.query(answer) })
const server = createHTTPServer({ router: app })
await new Promise((resolve) => (server.server ?? server).listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.server ?? server).address().port}`

async function subscribe(kind) {
  runs = 0
  const received = []
  const errors = []
  const client = createTRPCClient({ links: [httpSubscriptionLink({ url, EventSource })] })
  const subscription = client.live.subscribe(kind, {
    onData: (token) => received.push(token),
    onError: (error) => errors.push(error.message),
  })
  await delay(10_000)
  subscription.unsubscribe()
  return { runs, 'tokens received': received.length, errors: errors.join() }
}

async function query(kind) {
  runs = 0
  const received = []
  const client = createTRPCClient({ links: [httpBatchStreamLink({ url })] })
  try {
    for await (const token of await client.whole.query(kind)) received.push(token)
    return { runs, 'tokens received': received.length, errors: '' }
  } catch (error) {
    return { runs, 'tokens received': received.length, errors: error.message }
  }
}

const seen = {
  'query, Error': await query('Error'),
  'subscription, TRPCError BAD_REQUEST': await subscribe('BAD_REQUEST'),
  'subscription, Error, 10 s': await subscribe('Error'),
}
console.table(seen)
const [whole, refused, failed] = Object.values(seen)
const once = whole.runs === 1 && whole.errors === 'refused' && refused.runs === 1 && refused.errors === 'refused'
process.exit(once && failed.runs > 1 && failed.errors === '' && failed['tokens received'] > 3 ? 0 : 1)
JS
timeout 50 node run.mjs
