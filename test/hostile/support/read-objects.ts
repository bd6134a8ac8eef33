import { readCompletion, type SettledState } from '../../../src/core.ts'
import type { ReadOptions } from '../../../src/types.ts'

/** Reads events as a source of objects gives them: numbers that no JSON can carry included. */
export function readObjects(
  events: Iterable<unknown>,
  options: ReadOptions = {},
): Promise<SettledState> {
  async function* source() {
    yield* events
  }
  return readCompletion(source(), options).result
}
