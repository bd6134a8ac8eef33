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
    'a chat, which arrives in a separate chunk,',
    (moderation: object) => {
      const { read, snapshot } = foldingChat()
      read(chatChunk({ content: 'Hi' }, 'stop'), { choices: [], moderation })
      return snapshot()
    },
  ],
])('the moderation of %s', (_, fold) => {
  test.each([
    ['is clean if nothing is flagged', clean, false],
    ['is flagged if anything is', flagged, true],
    ['is clean if none of several results is flagged', results(clean, clean), false],
    ['is flagged if one of several results is', results(clean, flagged), true],
    ['is not clean if it failed', failed, undefined],
    ['is not clean if one result is missing', results(clean, {}), undefined],
    ['is not clean if there is no result', results(), undefined],
    ['is not clean if the result is a string', { flagged: 'false' }, undefined],
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
