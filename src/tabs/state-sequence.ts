import type { CompletionState } from '../completion/state.ts'
import type { StateMessage } from './message.ts'
import { shareState, type SharedState } from './shared-state.ts'
import { diff, patched } from './state-patch.ts'

/** Converts the states of a run to messages and back. */
export interface StateSequence {
  /**
   * Returns the message for the next state: the whole state if requested and at the beginning of a run,
   * otherwise the changes. Returns `undefined` if nothing changed.
   */
  next: (run: string, state: CompletionState, isWhole?: boolean) => StateMessage | undefined
  /** Leaves a gap in the numbers, which the reader of the next message detects. */
  skip: () => void
  /** Returns the message that the run continues without a new state. */
  same: () => StateMessage
  /** Returns the state after a message, or `undefined` if an earlier message is missing. */
  read: (message: StateMessage) => SharedState | undefined
}

/** A tab that takes the lead continues the sequence that it has followed. */
export function createStateSequence(): StateSequence {
  let run = ''
  let at = 0
  let shared: SharedState = {}

  return {
    next(nextRun, state, isWhole) {
      const before = shared
      shared = shareState(state)
      if (isWhole || run !== nextRun) return { run: (run = nextRun), at, whole: shared }
      const patch = diff(before, shared)
      return patch && { run, at: ++at, patch }
    },
    skip() {
      at++
    },
    same: () => ({ run, at }),
    read({ run: nextRun, at: position, whole, patch }) {
      const isSameRun = nextRun === run
      if (whole) shared = whole
      else if (isSameRun && patch && position === at + 1)
        shared = patched(shared, patch) as SharedState
      else if (!isSameRun || position !== at) return undefined
      run = nextRun
      at = position
      return shared
    },
  }
}
