import { expect } from 'vitest'
import type { CompletionError, CompletionState } from '../../../src/core.ts'

/** The error of a state that must have one. */
export function errorOf(state: CompletionState): CompletionError {
  expect(state.status).toBe('error')
  return state.error!
}
