// @vitest-environment node
import prettier from 'prettier'
import { describe, expect, test } from 'vitest'
import * as core from '../../src/core.ts'
import { producers } from '../producers/support/recordings.ts'
import { finishWords, formats, sections, type Reading } from './readings.ts'
import { renderProviders } from './render.ts'

/** Reads a stream without `[DONE]`, so that it must end by itself. */
function read({ wire }: Pick<Reading, 'wire'>) {
  const response = Array.isArray(wire)
    ? new Response(wire.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), {
        headers: { 'content-type': 'text/event-stream' },
      })
    : refusal(wire as Exclude<Reading['wire'], readonly unknown[]>)
  return core.readCompletion(response).result
}

const refusal = ({ status, body }: { status: number; body: unknown }) =>
  typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status })

describe.each(sections)('$title', ({ readings }) => {
  test.each(readings)('$place, as $by sends it', async ({ wire, state }) => {
    expect(await read({ wire })).toMatchObject(state)
  })
})

describe.each(Object.entries(finishWords))('the finish reason %s', (finishReason, words) => {
  test.each(words)('is read from %s', async (raw) => {
    const choices = [{ index: 0, delta: { content: 'Hi' }, finish_reason: raw }]
    expect(await read({ wire: [{ object: 'chat.completion.chunk', choices }] })).toMatchObject({
      status: 'complete',
      finishReason,
      rawFinishReason: raw,
    })
  })
})

test.each(formats)('%s: the format is %s', (_, format) => {
  expect(format === "'auto'" || format in core).toBe(true)
})

test('docs/providers.md contains all of this', async () => {
  const page = await prettier.format(renderProviders(producers), { parser: 'markdown' })
  await expect(page).toMatchFileSnapshot('../../docs/providers.md')
})
