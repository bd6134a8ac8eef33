import { deriveChannels } from '../completion/derive-channels.ts'
import type { ChoiceContent, CompletionState } from '../completion/state.ts'
import { CompletionError } from '../errors/completion-error.ts'

/** A state as it is sent to other tabs. It can be cloned. */
export type SharedState = Readonly<Record<string, unknown>>

/** Converts a state for other tabs, whose clocks started at another time. */
export function shareState(state: CompletionState): SharedState {
  const {
    toolCalls: _,
    approvals: __,
    error,
    ...fields
  } = shiftClock(state, performance.timeOrigin)
  if (!error) return fields
  // The message is not enumerable, and a cause may hold anything.
  const { message, cause: ___, ...rest } = error
  return { ...fields, error: { message, ...rest } }
}

/** Reads a state of another tab. Whatever is unchanged since `previous` keeps its identity. */
export function readSharedState(shared: SharedState, previous: CompletionState): CompletionState {
  const { error, ...fields } = shared as unknown as CompletionState
  const state = shiftClock(fields as CompletionState, -performance.timeOrigin)
  return {
    ...state,
    ...callsOf(state, previous),
    choices: state.choices?.map((choice, index) => ({
      ...choice,
      ...callsOf(choice, previous.choices?.[index] ?? previous),
    })),
    error: error && new CompletionError(error),
  } as CompletionState
}

/** The inputs of calls are parsed when they are read, so messages do not contain them. */
function callsOf({ output }: Pick<ChoiceContent, 'output'>, previous: ChoiceContent) {
  const { toolCalls, approvals } = deriveChannels(output, previous)
  return { toolCalls, approvals }
}

function shiftClock(state: CompletionState, by: number): CompletionState {
  const { timing, nextAttemptAt } = state
  if (!timing) return state
  const shifted = Object.entries(timing).map(([name, value]: [string, number | undefined]) => [
    name,
    value !== undefined && name.endsWith('At') ? value + by : value,
  ])
  return {
    ...state,
    timing: Object.fromEntries(shifted) as typeof timing,
    nextAttemptAt: nextAttemptAt && nextAttemptAt + by,
  }
}
