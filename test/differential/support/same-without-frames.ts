import { expect, vi } from 'vitest'
import { CompletionFold } from '../../../src/completion/fold.ts'
import { readCompletion } from '../../../src/core.ts'
import { responseOf, type BodyOptions, type Bytes } from '../../support/read-body.ts'

/** The total number of events that were read by their frame. */
let byFrame = 0
export const readByFrame = () => byFrame

async function settle(chunks: readonly Bytes[], options: BodyOptions) {
  const apply = vi.spyOn(CompletionFold.prototype, 'apply')
  const state = await readCompletion(responseOf(chunks, options), options).result
  for (const [, events = 0] of apply.mock.calls) byFrame += events
  apply.mockRestore()
  return { ...state, timing: state.timing.textEvents }
}

/** With `onEvent`, every event is parsed. */
export async function expectSame(chunks: readonly Bytes[], options: BodyOptions = {}) {
  const expected = await settle(chunks, { ...options, onEvent: () => undefined })
  expect(await settle(chunks, options)).toEqual(expected)
}
