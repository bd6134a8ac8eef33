import { describe, expect, test } from 'vitest'
import { cumulative, openaiChat } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import { chatChunk, data, done } from '../support/wire-text.ts'

const repeating = ['Hel', 'Hello', 'Hello', 'Hello 你好']
  .map((content) => data(chatChunk({ content })))
  .join('')

describe('row 16: deltas that repeat the text so far', () => {
  test('are increments unless the app uses cumulative', async () => {
    const outcome = await readEveryWay(repeating + done)
    expect(outcome.text).toBe('HelHelloHelloHello 你好')
  })

  test('are read as one text by a cumulative format', async () => {
    const outcome = await readEveryWay(repeating + done, { format: cumulative(openaiChat) })
    expect(outcome).toMatchObject({ status: 'complete', text: 'Hello 你好' })
  })

  test('are read separately for text and reasoning, and an increment among them is kept', async () => {
    const body =
      data(chatChunk({ reasoning_content: 'Hm' })) +
      data(chatChunk({ reasoning_content: 'Hmm' })) +
      data(chatChunk({ content: 'Hm' })) +
      data(chatChunk({ content: ', yes' })) +
      data(chatChunk({ content: 'Hm, yes.' }, 'stop'))
    const outcome = await readEveryWay(body, { format: cumulative(openaiChat) })
    expect(outcome).toMatchObject({ status: 'complete', text: 'Hm, yes.', reasoning: 'Hmm' })
  })

  test('keep the proper end of the format: a cut stream is truncated', async () => {
    const outcome = await readEveryWay(repeating, { format: cumulative(openaiChat) })
    expect(outcome).toMatchObject({ status: 'error', error: { kind: 'truncated' } })
    expect(outcome.text).toBe('Hello 你好')
  })
})
