import { readCompletion, type SettledState } from '../../../src/core.ts'
import type { ReadOptions } from '../../../src/types.ts'

/** Reads events from a source of objects, which may contain numbers that JSON does not support. */
export function readObjects(
  events: Iterable<unknown>,
  options: ReadOptions = {},
): Promise<SettledState> {
  async function* source() {
    yield* events
  }
  return readCompletion(source(), options).result
}
