import type { TimeoutName } from '../../../src/core.ts'
import type { FaultScript } from '../../support/fault-proxy-script.ts'
import type { OriginPlan } from './origin-stream.ts'

export type Fault =
  | 'none'
  | 'cut'
  | 'stall'
  | 'abort'
  | 'http-error'
  | 'wrong-type'
  | 'not-a-stream'
  | 'endless'
  | 'long-text'
  | 'timeout'
  | 'retry'
  | 'resume'

/** When and how the user ends a run. */
export interface AbortPlan {
  readonly how: 'abort' | 'reset' | 'supersede'
  /**
   * In the tick of the start; when the count-th request has reached the proxy; inside `onEvent` or a
   * listener, the count-th time; when all sent data has been read and nothing follows; while the run waits
   * for the next attempt.
   */
  readonly when: 'start' | 'request' | 'event' | 'publish' | 'silence' | 'wait'
  readonly count: number
}

/** One run under faults: the origin's stream, the faults, and the client's options and actions. */
export interface Plan {
  readonly seed: number
  readonly index: number
  readonly fault: Fault
  readonly origin: OriginPlan
  readonly script: FaultScript
  readonly format: 'auto' | OriginPlan['format']
  readonly publish: 'sync' | 'frame'
  readonly limits: { readonly eventLength?: number; readonly textLength?: number } | undefined
  /** All timeouts are sometimes set, too long to expire; this one is short. */
  readonly shortTimeout: { readonly name: TimeoutName; readonly ms: number } | undefined
  readonly longTimeouts: boolean
  /** An idle timeout in milliseconds that would expire before the short one if comments did not reset it. */
  readonly fedIdle: number | undefined
  readonly retry: { readonly attempts: number } | undefined
  readonly resume: { readonly attempts: number } | undefined
  readonly abort: AbortPlan | undefined
}
