import { CompletionFold } from '../../src/completion/fold.ts'
import type { CompletionContent } from '../../src/completion/state.ts'
import { openaiChat, openaiResponses, type CompletionFormat } from '../../src/core.ts'
import {
  isEnding,
  type CompletionEvent,
  type Ending,
} from '../../src/formats/vocabulary/completion-event.ts'
import { eventOfValue } from '../../src/wire/wire-event.ts'

export interface Folding {
  fold: CompletionFold
  /** How the completion ended, once an event has ended it; later events change nothing. */
  ending: () => Ending | undefined
  /** Reads objects of the wire into the fold. */
  read: (...values: unknown[]) => void
  snapshot: () => CompletionContent
}

/** A format's reader connected to a fold, without a wire. */
export function folding(format: CompletionFormat): Folding {
  const fold = new CompletionFold()
  const reader = format.createReader('json')
  let ending: Ending | undefined
  function emit(event: CompletionEvent) {
    if (ending) return
    if (isEnding(event)) ending = event
    else fold.apply(event)
  }
  return {
    fold,
    ending: () => ending,
    read(...values) {
      for (const value of values) reader.read(eventOfValue(value), emit)
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
