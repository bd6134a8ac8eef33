// @vitest-environment node
import { expect, test } from 'vitest'
import { foldingChat, foldingResponses } from '../support/folding.ts'
import { itemDone } from '../support/responses-items.ts'
import { chatChunk, completed, textDelta } from '../support/wire-text.ts'

const token = (text: string) => ({ token: text, logprob: -0.5, bytes: [1], top_logprobs: [] })
const tokensOf = (values: readonly unknown[] | undefined) =>
  values?.map((value) => (value as { token: string }).token)

test('there are none unless the request asked for them', () => {
  const { read, snapshot } = foldingResponses()
  read({ ...textDelta('Hi'), logprobs: [] }, completed())
  expect(snapshot().logprobs).toBeUndefined()
})

test('they are those of the deltas, and the whole text does not duplicate them', () => {
  const { read, snapshot } = foldingResponses()
  read({ ...textDelta('Hel'), logprobs: [token('Hel')] })
  const shown = snapshot().logprobs
  read({ ...textDelta('lo'), logprobs: [token('lo')] })
  const whole = [token('Hel'), token('lo')]
  const part = { type: 'output_text', text: 'Hello', annotations: [], logprobs: whole }
  read({
    type: 'response.output_text.done',
    output_index: 0,
    content_index: 0,
    text: 'Hello',
    logprobs: whole,
  })
  read({ type: 'response.content_part.done', output_index: 0, content_index: 0, part })
  read(itemDone(0, { type: 'message', content: [part] }), completed([{ ...part }]))
  expect(tokensOf(snapshot().logprobs)).toEqual(['Hel', 'lo'])
  expect(tokensOf(shown)).toEqual(['Hel'])
})

test('they are read from the output if no delta had them', () => {
  const { read, snapshot } = foldingResponses()
  const content = ['Hel', 'lo'].map((text) => ({
    type: 'output_text',
    text,
    annotations: [],
    logprobs: [token(text)],
  }))
  read({ object: 'response', status: 'completed', output: [{ type: 'message', content }] })
  const { logprobs } = snapshot()
  expect(tokensOf(logprobs)).toEqual(['Hel', 'lo'])
  expect(snapshot().logprobs).toBe(logprobs)
})

test('those of a chat are those of its content and of its refusal', () => {
  const { read, snapshot } = foldingChat()
  const chunk = (text: string, logprobs: object | null) => {
    const { choices, ...rest } = chatChunk({ content: text }) as { choices: object[] }
    return { ...rest, choices: [{ ...choices[0], logprobs }] }
  }
  read(chunk('a', { content: [token('a')], refusal: null }), chunk('b', null))
  read(chunk('c', { content: null, refusal: [token('c')] }))
  expect(tokensOf(snapshot().logprobs)).toEqual(['a', 'c'])
})
