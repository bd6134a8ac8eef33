import { expect, test } from 'vitest'
import { bytesOf, readChunks, readEveryWay } from '../support/read-body.ts'
import { chatStream, data } from '../support/wire-text.ts'

// The row numbers identify quirks of real servers, as in the other quirks-*.test.ts. The quirks of dialects
// (26, 32, 33) are tested with the dialects.

const answer = chatStream({ content: 'He' }, { content: 'llo' })
const complete = { status: 'complete', text: 'Hello', finishReason: 'stop' }

test('row 1: comments before and between events are ignored', async () => {
  const comment = ': OPENROUTER PROCESSING\n\n'
  const body = comment + comment + answer.replaceAll('\n\ndata', `\n\n${comment}data`)
  expect(await readEveryWay(body)).toMatchObject(complete)
})

test('row 1: a comment counts as activity', async () => {
  const { timing, status } = await readChunks([bytesOf(': OPENROUTER PROCESSING\n\n')])
  expect(status).toBe('error')
  expect(timing.lastByteAt).toBeGreaterThanOrEqual(timing.startedAt)
  expect(timing.firstTokenAt).toBeUndefined()
})

test('row 2: keep-alive comments are ignored', async () => {
  expect(await readEveryWay(`: keep-alive\n\n${answer}`)).toMatchObject(complete)
})

test('row 2: blank lines before a JSON answer are ignored', async () => {
  const json = {
    object: 'chat.completion',
    choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }],
  }
  const outcome = await readEveryWay(`\n\n \n${JSON.stringify(json)}`, {
    contentType: 'application/json',
  })
  expect(outcome).toMatchObject(complete)
})

test('row 3: a comment that a gateway wrapped in data is ignored', async () => {
  const wrapped = data(': OPENROUTER PROCESSING')
  expect(await readEveryWay(wrapped + answer)).toMatchObject(complete)
  expect(await readEveryWay(answer.replace('\n\n', `\n\n${wrapped}`))).toMatchObject(complete)
})

test('row 4: a heartbeat sent as data is ignored', async () => {
  const heartbeat = data({ type: 'heartbeat', timestamp: 1 })
  expect(await readEveryWay(heartbeat + answer)).toMatchObject(complete)
  expect(await readEveryWay(answer.replace('\n\n', `\n\n${heartbeat}`))).toMatchObject(complete)
})

test('row 5: the space after the colon may be missing', async () => {
  expect(await readEveryWay(answer.replaceAll('data: ', 'data:'))).toMatchObject(complete)
})
