// A browser may keep the connection of a body that is only cancelled. Only the signal of the request
// closes it reliably.
import { expect, test } from 'vitest'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

const ended = [
  {
    what: 'its proper end, while the socket stays open',
    body: bodyOf(textChunk('Whole'), finishChunk(), doneMarker),
    status: 'complete',
  },
  {
    what: 'an error event',
    body: bodyOf({ error: { message: 'Overloaded', type: 'server_error' } }),
    status: 'error',
  },
  {
    what: 'an HTML page instead of a stream',
    body: '<!doctype html><title>Sign in</title>',
    status: 'error',
  },
]

test.each(ended)(
  'a run that settles by $what aborts its request, after the callbacks',
  async ({ body, status }) => {
    const order: string[] = []
    const run = observe({ onFinish: () => void order.push('finish') })
    const settled = run.client.start('Hi')
    await turns()
    const request = run.requests[0]!
    request.init.signal!.addEventListener('abort', () => order.push('abort'))
    request.respond()
    request.send(body)
    expect(await settled).toMatchObject({ status })
    await turns()
    expect(order).toEqual(['finish', 'abort'])
    expect(run.client.getState().status).toBe(status)
  },
)

test.each([
  { what: 'complete', body: bodyOf(textChunk('Whole'), finishChunk()) },
  { what: 'truncated', body: bodyOf(textChunk('Half')) },
])('a body that was read to its end, $what, does not abort its request', async ({ body }) => {
  const run = observe()
  const settled = run.client.start('Hi')
  await turns()
  const request = run.requests[0]!
  request.respond()
  request.send(body)
  request.end()
  await settled
  await turns()
  expect(request.init.signal!.aborted).toBe(false)
})
