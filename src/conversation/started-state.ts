import { idleState } from '../client/create-completion.ts'
import { beginTiming } from '../completion/begin-timing.ts'
import { deriveChannels, emptyOutput } from '../completion/derive-channels.ts'
import type { StartedState } from './turn.ts'

/**
 * Builds the state of a completion from some of its fields. Fields that are derived from the output may be
 * missing.
 */
export function startedState(
  fields: Partial<StartedState> & Pick<StartedState, 'status'>,
): StartedState {
  const { output, choices } = fields
  return {
    ...idleState,
    attempt: 1,
    ...(output && deriveChannels(output, emptyOutput)),
    ...fields,
    choices: choices?.map((choice) => ({
      ...choice,
      ...deriveChannels(choice.output, emptyOutput),
    })),
    timing: { ...beginTiming(), ...fields.timing },
  } as StartedState
}

/** The fields of a state that {@link startedState} cannot derive from the output, for JSON. */
export function stateFields(state: StartedState): Record<string, unknown> {
  const read: object = deriveChannels(state.output, emptyOutput)
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(state) as [string, unknown][]) {
    // Lists are always derived. A text may differ from the output, because moderation has withdrawn it.
    const known = (read as Record<string, unknown>)[name]
    const isRead = name in read && (typeof value !== 'string' || value === known)
    if (value !== undefined && (name === 'output' || !isRead)) fields[name] = value
  }
  return fields
}
