import { describe, expect, test } from 'vitest'
import { bytesOf, readChunks, readEveryWay } from '../support/read-body.ts'
import { chatChunk, chatStream, data } from '../support/wire-text.ts'

describe('row 6: lines end with LF, CR or CRLF, in any mixture', () => {
  const ends = { LF: '\n', CR: '\r', CRLF: '\r\n' }
  // A CR before a LF would be one line end, not two.
  const blankLines = Object.entries(ends).flatMap(([lineName, line]) =>
    Object.entries(ends)
      .filter(([blankName]) => !(lineName === 'CR' && blankName === 'LF'))
      .map(([blankName, blank]) => ({ name: `${lineName} ${blankName}`, end: line + blank })),
  )
  const first = JSON.stringify(chatChunk({ content: 'a' }))
  const second = JSON.stringify(chatChunk({ content: 'b' }, 'stop'))

  test.each(blankLines)('$name, then any other', async ({ end }) => {
    for (const { end: lastEnd } of blankLines) {
      const events: string[] = []
      const outcome = await readEveryWay(`data: ${first}${end}data: ${second}${lastEnd}`)
      expect(outcome).toMatchObject({ status: 'complete', text: 'ab' })
      await readChunks([bytesOf(`data: ${first}${end}data: ${second}${lastEnd}`)], {
        onEvent: (event) => events.push(event.data),
      })
      expect(events).toEqual([first, second])
    }
  })
})

describe('row 7: a whole last event counts without its blank line', () => {
  test.each(['', '\n', '\r', '\r\n'])('ending with %j', async (end) => {
    const body =
      data(chatChunk({ content: 'Hi' })) + `data: ${JSON.stringify(chatChunk({}, 'stop'))}${end}`
    expect(await readEveryWay(body)).toMatchObject({
      status: 'complete',
      text: 'Hi',
      finishReason: 'stop',
    })
  })

  test.each(['', '\n'])('[DONE], ending with %j', async (end) => {
    const body = data(chatChunk({ content: 'Hi' })) + `data: [DONE]${end}`
    expect(await readEveryWay(body)).toMatchObject({ status: 'complete', text: 'Hi' })
  })
})

describe('row 8: a last event that is cut off is a truncated stream', () => {
  test.each(['data: {"choices":[{"del', 'data: {"choices":[{"del\n', 'data: [DO', 'dat', 'data: '])(
    'ending with %j',
    async (tail) => {
      expect(await readEveryWay(data(chatChunk({ content: 'Hi' })) + tail)).toMatchObject({
        status: 'error',
        error: { kind: 'truncated' },
        text: 'Hi',
      })
    },
  )

  test('alone', async () => {
    expect(await readEveryWay('data: {"choices":[{"del')).toMatchObject({
      status: 'error',
      error: { kind: 'truncated' },
      text: '',
    })
  })
})

test('row 9: multi-byte characters may be cut anywhere', async () => {
  // Characters of two, three and four bytes, and a grapheme of several characters.
  const text = 'ь — 🌍 👩‍👩‍👧 ش'
  expect(await readEveryWay(chatStream({ content: text }))).toMatchObject({ text })
  expect(await readEveryWay(text, { contentType: 'text/plain' })).toMatchObject({ text })
})

test('row 9: a character that the end of the body cuts off is not dropped silently', async () => {
  const bytes = bytesOf('Hi 🌍')
  const outcome = await readEveryWay(bytes.subarray(0, -1), { contentType: 'text/plain' })
  expect(outcome).toMatchObject({ text: 'Hi \ufffd' })
})
