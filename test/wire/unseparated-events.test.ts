// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import { chatChunk } from '../support/wire-text.ts'

const events = [chatChunk({ content: 'Hel' }), chatChunk({ content: 'lo' }, 'stop')].map((chunk) =>
  JSON.stringify(chunk),
)
const options = { contentType: 'text/event-stream' }

describe('events without separators are a protocol error, not a truncated stream', () => {
  test.each([
    ['a backslash and an n', events.map((data) => `data: ${data}\\n\\n`).join('')],
    ['these and a line feed', events.map((data) => `data: ${data}\\n\\n\n`).join('')],
    ['a backslash and an r', events.map((data) => `data: ${data}\\r\\n\\r\\n`).join('')],
    ['after names', events.map((data) => `event: message\\ndata: ${data}\\n\\n`).join('')],
    ['nothing', events.map((data) => `data: ${data}`).join('')],
    ['commas', `data: ${events.join(',')}`],
  ])('%s', async (_, body) => {
    expect(await readEveryWay(body, options)).toMatchObject({
      status: 'error',
      text: '',
      error: { kind: 'protocol' },
    })
  })

  test('the message shows what follows the first event', async () => {
    const state = await readEveryWay(`data: ${events[1]}\\n\\n`, options)
    const message: unknown = expect.stringMatching(/received "\{.*\}\\\\n\\\\n"/)
    expect(state).toHaveProperty('error.message', message)
  })

  test('JSON separated by commas', async () => {
    expect(await readEveryWay(events.join(','), { contentType: 'application/json' })).toMatchObject(
      { status: 'error', error: { kind: 'protocol' } },
    )
  })
})

describe('a stream that is cut anywhere is truncated', () => {
  const said = 'Send:\n\n}\n\ndata: {"a":[1,"\\n"]}\n\ndata: [DONE]\n\n'
  const chunks = [chatChunk({ content: said }), chatChunk({ content: said })].map((chunk) =>
    JSON.stringify(chunk),
  )
  test.each([
    ['with blank lines', chunks.map((data) => `data: ${data}\n\n`).join('')],
    ['with single line feeds', chunks.map((data) => `data: ${data}\n`).join('')],
    ['as JSON lines', chunks.map((data) => `${data}\n`).join('')],
  ])('%s', async (_, body) => {
    for (let length = 30; length <= body.length; length += 7) {
      const { readCompletion } = await import('../../src/core.ts')
      const response = new Response(body.slice(0, length), {
        headers: { 'content-type': 'text/event-stream' },
      })
      const state = await readCompletion(response).result
      expect(state).toMatchObject({ status: 'error', error: { kind: 'truncated' } })
      expect((said + said).startsWith(state.text)).toBe(true)
    }
  })
})

test('complete events before the cut count if single line feeds separate them', async () => {
  const body = `data: ${events[0]}\ndata: ${events[1]?.slice(0, 40)}`
  expect(await readEveryWay(body, options)).toMatchObject({
    status: 'error',
    text: 'Hel',
    error: { kind: 'truncated' },
  })
})
