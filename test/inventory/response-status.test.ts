// @vitest-environment node
import type { ResponseStatus } from 'openai/resources/responses/responses'
import { expect, test } from 'vitest'
import { readChunks, bytesOf } from '../support/read-body.ts'
import { message } from '../support/responses-items.ts'

/** The outcome of a whole response, by its status. */
const outcomes = {
  completed: 'complete',
  incomplete: 'complete',
  failed: 'api',
  // Not finished yet, or cancelled: the content is kept, and never reported as complete.
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
