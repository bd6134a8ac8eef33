import { expect, vi } from 'vitest'
import { CompletionFold } from '../../../src/completion/fold.ts'
import { readCompletion } from '../../../src/core.ts'
import { responseOf, type BodyOptions, type Bytes } from '../../support/read-body.ts'

/** How many events were read by their frame, in all. */
let byFrame = 0
export const readByFrame = () => byFrame

async function settle(chunks: readonly Bytes[], options: BodyOptions) {
  const apply = vi.spyOn(CompletionFold.prototype, 'apply')
  const state = await readCompletion(responseOf(chunks, options), options).result
  for (const [, events = 0] of apply.mock.calls) byFrame += events
  apply.mockRestore()
  return { ...state, timing: state.timing.textEvents }
}

/** An app that is told of every event has each of them parsed. */
export async function expectSame(chunks: readonly Bytes[], options: BodyOptions = {}) {
  const expected = await settle(chunks, { ...options, onEvent: () => undefined })
  expect(await settle(chunks, options)).toEqual(expected)
}
