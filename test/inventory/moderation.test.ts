// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { foldingChat, foldingResponses } from '../support/folding.ts'
import { chatChunk, completed } from '../support/wire-text.ts'

const clean = { type: 'moderation_result', flagged: false, model: 'omni', categories: {} }
const flagged = { ...clean, flagged: true }
const failed = { type: 'error', code: 'server_error', message: 'No result.' }
const results = (...values: object[]) => ({ model: 'omni', results: values })

describe.each([
  [
    'a response',
    (moderation: object) => {
      const { read, snapshot } = foldingResponses()
      const { type, response } = completed() as { type: string; response: object }
      read({ type, response: { ...response, moderation } })
      return snapshot()
    },
  ],
  [
    'a chat, which comes in a chunk of its own,',
    (moderation: object) => {
      const { read, snapshot } = foldingChat()
      read(chatChunk({ content: 'Hi' }, 'stop'), { choices: [], moderation })
      return snapshot()
    },
  ],
])('the moderation of %s', (_, fold) => {
  test.each([
    ['is clean where nothing is flagged', clean, false],
    ['is flagged where anything is', flagged, true],
    ['is clean where no result of several is flagged', results(clean, clean), false],
    ['is flagged where one result of several is', results(clean, flagged), true],
    ['is not clean where it failed', failed, undefined],
    ['is not clean where one result is missing', results(clean, {}), undefined],
    ['is not clean where there is no result', results(), undefined],
    ['is not clean where it says so in words', { flagged: 'false' }, undefined],
  ])('%s', (_, output, verdict) => {
    const { moderation } = fold({ input: clean, output })
    expect(moderation?.input).toEqual({ flagged: false, raw: clean })
    expect(moderation?.output).toEqual({ flagged: verdict, raw: output })
  })

  test('is undefined for a side that was not moderated', () => {
    expect(fold({ input: clean }).moderation).toEqual({
      input: { flagged: false, raw: clean },
      output: undefined,
    })
  })
})

test('there is none unless the request asked for it', () => {
  const { read, snapshot } = foldingChat()
  read(chatChunk({ content: 'Hi' }, 'stop'), { choices: [], moderation: null })
  expect(snapshot().moderation).toBeUndefined()
})
