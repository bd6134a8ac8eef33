import { CompletionFold } from '../../src/completion/fold.ts'
import type { CompletionContent } from '../../src/completion/state.ts'
import { openaiChat, openaiResponses, type CompletionFormat } from '../../src/core.ts'
import { eventOfValue } from '../../src/wire/wire-event.ts'

export interface Folding {
  fold: CompletionFold
  /** Reads objects of the wire into the fold. */
  read: (...values: unknown[]) => void
  snapshot: () => CompletionContent
}

/** A format's reader with a fold behind it, without a wire before it. */
export function folding(format: CompletionFormat): Folding {
  const fold = new CompletionFold()
  const reader = format.createReader('json')
  return {
    fold,
    read(...values) {
      for (const value of values) reader.read(eventOfValue(value), (event) => fold.apply(event))
    },
    snapshot: () => fold.snapshot(),
  }
}

export const foldingResponses = (): Folding => folding(openaiResponses)

export const foldingChat = (): Folding => folding(openaiChat)

/** Makes any later write to a value an error. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const key of Reflect.ownKeys(value))
      deepFreeze((value as Record<PropertyKey, unknown>)[key])
  }
  return value
}
