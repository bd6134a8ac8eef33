// @vitest-environment node
import { expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'

const event = (type: string, fields: object) =>
  `data: ${JSON.stringify({ type: `response.${type}`, ...fields })}\n\n`
const delta = (text: string) =>
  event('output_text.delta', { item_id: 'i', output_index: 0, content_index: 0, delta: text })
const options = { contentType: 'text/event-stream' }

test.each(['created', 'in_progress', 'completed'])(
  'a response with another id is never mixed in: %s',
  async (type) => {
    const body = [
      event('created', { response: { id: 'resp_1', status: 'in_progress' } }),
      delta('Hi'),
      event(type, { response: { id: 'resp_2', status: 'completed', output: [] } }),
      delta(' there'),
    ].join('')
    const state = await readEveryWay(body, options)
    expect(state).toMatchObject({ status: 'error', text: 'Hi', error: { kind: 'protocol' } })
    expect(state.error?.message).toContain("goes on with 'resp_2'")
  },
)

test('a response without an id counts as the same response', async () => {
  const body = [
    event('created', { response: { status: 'in_progress' } }),
    event('in_progress', { response: { id: 'resp_1', status: 'in_progress' } }),
    delta('Hi'),
    event('completed', { response: { status: 'completed', output: [] } }),
  ].join('')
  expect(await readEveryWay(body, options)).toMatchObject({
    status: 'complete',
    text: 'Hi',
    responseId: 'resp_1',
  })
})
