import type {
  AbortedState,
  CompleteState,
  ConnectingState,
  ErrorState,
  IdleState,
  StreamingState,
} from '../completion/state.ts'
import type { DeepPartial } from '../json/deep-partial.ts'

interface Unfinished<In> {
  /** The JSON so far; `undefined` until its type is known. Unchanged parts keep their identity. */
  readonly object: DeepPartial<In> | undefined
  readonly value: undefined
}

/** The run failed. `object` is the JSON received so far. */
export type ObjectErrorState<In = unknown> = ErrorState & Unfinished<In>

/** The JSON is complete and matches the schema. */
export interface ObjectCompleteState<T = unknown, In = T> extends CompleteState {
  /** The JSON as it arrived. */
  readonly object: DeepPartial<In>
  /** The output of the schema. Without a schema, the JSON itself. */
  readonly value: T
}

/** How a run of structured output ended. */
export type ObjectSettledState<T = unknown, In = T> =
  ObjectCompleteState<T, In> | (AbortedState & Unfinished<In>) | ObjectErrorState<In>

/**
 * The state of a completion whose answer is JSON: the state of a completion, plus `object` and `value`.
 * `complete` means that the JSON is complete and valid.
 */
export type ObjectState<T = unknown, In = T> =
  ObjectSettledState<T, In> | ((IdleState | ConnectingState | StreamingState) & Unfinished<In>)
