import type { SharedState } from './shared-state.ts'
import type { Patch } from './state-patch.ts'

/** The version of the messages: tabs may have loaded the app before and after an update. */
export const version = 1

/** What tabs send each other about a completion. */
export type Message<Input> =
  /** Asks for the whole state. */
  | { readonly ask: true }
  /** Somebody listens. */
  | { readonly here: true }
  /** A control that is for the tab that reads. */
  | { readonly call: 'abort' | 'reset'; readonly reason?: unknown }
  | StateMessage<Input>

/** The state of a run: all of it, what changed since the message before, or that it goes on. */
export interface StateMessage<Input> {
  readonly run: string
  readonly at: number
  readonly whole?: SharedState
  readonly input?: Input
  readonly patch?: Patch | undefined
}
