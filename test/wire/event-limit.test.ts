import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import { chatChunk, data, done } from '../support/wire-text.ts'

const limits = { eventLength: 300 }
const limit = { status: 'error', text: 'Before', error: { kind: 'limit' } }
const before = data(chatChunk({ content: 'Before' }))

/** A chunk of exactly this many characters of JSON. */
function chunkOf(length: number): string {
  const bare = JSON.stringify(chatChunk({ content: '' })).length
  return JSON.stringify(chatChunk({ content: 'x'.repeat(length - bare) }))
}

describe('an event that is longer than the limit ends the run, in one piece or in many', () => {
  test('a server-sent event', async () => {
    expect(await readEveryWay(before + data(chunkOf(301)) + done, { limits })).toMatchObject(limit)
  })

  test('a server-sent event that never ends', async () => {
    expect(await readEveryWay(`${before}data: ${chunkOf(400)}`, { limits })).toMatchObject(limit)
  })

  test('a server-sent event of many short lines', async () => {
    const lines = 'data: {"not json\n'.repeat(30)
    expect(await readEveryWay(`${before}${lines}\n${done}`, { limits })).toMatchObject(limit)
  })

  test('an error in a field of that name', async () => {
    const error = `error: ${JSON.stringify({ message: 'x'.repeat(400) })}\n\n`
    expect(await readEveryWay(before + error, { limits })).toMatchObject(limit)
  })

  test('a comment', async () => {
    expect(
      await readEveryWay(`${before}: ${'x'.repeat(400)}\n\n${done}`, { limits }),
    ).toMatchObject(limit)
  })

  test('a line of JSON', async () => {
    const body = `${JSON.stringify(chatChunk({ content: 'Before' }))}\n${chunkOf(301)}\n`
    const contentType = 'application/x-ndjson'
    expect(await readEveryWay(body, { limits, contentType })).toMatchObject(limit)
  })

  test('one JSON value over many lines', async () => {
    const body = JSON.stringify({ object: 'chat.completion', pad: 'x '.repeat(200) }, null, 2)
    expect(await readEveryWay(body, { limits, contentType: 'application/json' })).toMatchObject({
      status: 'error',
      error: { kind: 'limit' },
    })
  })
})

describe('an event of exactly the limit is read', () => {
  test('a server-sent event', async () => {
    const outcome = await readEveryWay(before + data(chunkOf(300)) + done, { limits })
    expect(outcome).toMatchObject({ status: 'complete' })
  })

  test('a line of JSON', async () => {
    const body = `${chunkOf(300)}\n${JSON.stringify(chatChunk({}, 'stop'))}\n`
    const outcome = await readEveryWay(body, { limits, contentType: 'application/x-ndjson' })
    expect(outcome).toMatchObject({ status: 'complete' })
  })
})

test('many events together may be longer than the limit', async () => {
  const outcome = await readEveryWay(before.repeat(5) + done, { limits })
  expect(outcome).toMatchObject({ status: 'complete', text: 'Before'.repeat(5) })
})

test('plain text has no event limit', async () => {
  const body = 'x'.repeat(1000)
  const outcome = await readEveryWay(body, { limits, contentType: 'text/plain' })
  expect(outcome).toMatchObject({ status: 'complete', text: body })
})

test('the message names the limit and the option', async () => {
  const { error } = await readEveryWay(data(chunkOf(301)), { limits })
  expect(error?.message).toContain('limit of 300')
  expect(error?.message).toContain('limits.eventLength')
})
