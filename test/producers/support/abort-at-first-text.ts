import { createCompletion, type SettledState } from '../../../src/core.ts'
import type { CompletionOptions } from '../../../src/types.ts'

/** Starts a run and aborts it as soon as there is text. */
export async function abortAtFirstText<Input>(
  options: CompletionOptions<Input>,
  input: Input,
): Promise<SettledState> {
  const completion = createCompletion<Input>({ ...options, publish: 'sync' })
  completion.subscribe(() => {
    if (completion.getState().text !== '') completion.abort()
  })
  return completion.start(input)
}

/** A promise that something else resolves. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((settle) => (resolve = settle))
  return { promise, resolve }
}
