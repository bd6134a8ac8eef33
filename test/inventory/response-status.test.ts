// @vitest-environment node
import type { ResponseStatus } from 'openai/resources/responses/responses'
import { expect, test } from 'vitest'
import { readChunks, bytesOf } from '../support/read-body.ts'
import { message } from '../support/responses-items.ts'

/** How a response that comes whole, instead of a stream, settles by its status. */
const outcomes = {
  completed: 'complete',
  incomplete: 'complete',
  failed: 'api',
  // Not an answer yet, or none any more: what is there is kept, and never passed off as whole.
  queued: 'truncated',
  in_progress: 'truncated',
  cancelled: 'truncated',
} satisfies Record<ResponseStatus, string>

test.each(Object.entries(outcomes))('a whole response that is %s settles as %s', async (...row) => {
  const [status, outcome] = row
  const body = JSON.stringify({ object: 'response', status, output: [message('Hi')] })
  const state = await readChunks([bytesOf(body)], { contentType: 'application/json' })
  expect(state.error?.kind ?? state.status).toBe(outcome)
  expect(state.text).toBe('Hi')
})
