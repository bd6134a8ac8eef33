import type { SharedState } from './shared-state.ts'
import type { Patch } from './state-patch.ts'

/** The version of the messages: tabs may have loaded the app before and after an update. */
export const version = 1

/** What tabs send each other about a completion. */
export type Message =
  /** Asks for the whole state. */
  | { readonly ask: true }
  /** Another tab is listening. */
  | { readonly here: true }
  /** A control for the tab that reads. */
  | { readonly call: 'abort' | 'reset'; readonly reason?: unknown }
  | StateMessage

/** The state of a run: the whole state, what changed since the previous message, or that it continues. */
export interface StateMessage {
  /** Identifies the run; empty if there is none yet. */
  readonly run: string
  /** How often the state of the run has changed. */
  readonly at: number
  readonly whole?: SharedState
  /** Accompanies a whole state. */
  readonly input?: unknown
  readonly patch?: Patch
}
