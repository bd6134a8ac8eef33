#!/usr/bin/env bash
# @tanstack/query-core 5.108.4, `experimental_streamedQuery`, whose stream is cancelled with `cancelQueries` after a few
# chunks, or fails in the middle and is retried.
#
# Seen: the cancelled query has the status `success`, with the chunks so far as its data, and the promise of
# `fetchQuery` resolves with them. An ordinary query function that is cancelled rejects with a CancelledError. With
# `refetchMode: 'append'` a retry goes on after the chunks of the attempt that failed.
#
# Surprising because half an answer is cached as a good one, fresh for `staleTime`, and nothing in the result reveals
# it: a Stop button that cancels the query leaves what looks like a whole answer to every other component.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts @tanstack/query-core@5.108.4

cat >run.mjs <<'JS'
import { setTimeout as delay } from 'node:timers/promises'
import { experimental_streamedQuery as streamedQuery, QueryClient } from '@tanstack/query-core'

async function settle(queryFn, options = {}, cancelAfter = Infinity) {
  const client = new QueryClient()
  const promise = client
    .fetchQuery({ queryKey: ['answer'], queryFn, retry: false, ...options })
    .then(JSON.stringify, (error) => `rejects with ${error.constructor.name} (${error.message})`)
  if (cancelAfter !== Infinity) {
    await delay(cancelAfter)
    await client.cancelQueries({ queryKey: ['answer'] })
  }
  const promised = await promise
  const { status, data } = client.getQueryState(['answer'])
  client.clear()
  return { promised, status, data: JSON.stringify(data) }
}
async function* words({ signal }) {
  for (const word of ['Low', 'tide', 'is', 'at', 'noon']) {
    yield word
    await delay(200, undefined, { signal })
  }
}
const plain = async ({ signal }) => delay(1000, 'Low tide is at noon', { signal })
let attempt = 0
async function* failsOnce() {
  attempt++
  yield `Low (${attempt})`
  if (attempt === 1) throw new Error('cut')
  yield `tide (${attempt})`
}

const seen = {
  'ordinary query, cancelled': await settle(plain, {}, 300),
  'streamed query, cancelled': await settle(streamedQuery({ streamFn: words }), {}, 300),
  'streamed query, append, retried': await settle(
    streamedQuery({ streamFn: failsOnce, refetchMode: 'append' }),
    { retry: 1, retryDelay: 10 },
  ),
}
console.table(seen)
const asBefore =
  seen['ordinary query, cancelled'].promised.startsWith('rejects with') &&
  seen['streamed query, cancelled'].promised === '["Low","tide"]' &&
  seen['streamed query, cancelled'].status === 'success' &&
  seen['streamed query, append, retried'].promised === '["Low (1)","Low (2)","tide (2)"]'
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
