import type { CompletionError } from '../errors/completion-error.ts'

/** The failures after which to try again, and the delay before that. */
export interface BackoffOptions {
  /**
   * The statuses after which to try again.
   *
   * @default [408, 409, 425, 429, 500, 502, 503, 504]
   */
  statuses?: Iterable<number> | undefined
  /**
   * The maximum delay after the first failure, in milliseconds. It doubles with every further failure.
   * The actual delay is a random part of it, so that clients do not all return at once.
   *
   * @default 1000
   */
  delay?: number | undefined
  /**
   * The maximum delay overall, in milliseconds. If a server asks for more in `Retry-After` or
   * `retry-after-ms`, the run fails instead, and the error has its `retryAfter`.
   *
   * @default 30000
   */
  maxDelay?: number | undefined
}

/** When, and how often, a failed request is sent again. */
export interface RetryOptions extends BackoffOptions {
  /** How many attempts to make after the first. */
  attempts: number
}

const defaultStatuses: readonly number[] = [408, 409, 425, 429, 500, 502, 503, 504]

/** Error codes and types of transient failures that providers report inside a 200 response. */
const transientCode = /^(rate_limit_exceeded|server_error|overloaded_error)$/

/**
 * Returns the delay before the next attempt, in milliseconds, or `undefined` if there is none.
 *
 * @param made how many attempts have been made
 */
export function retryDelay(
  error: CompletionError,
  made: number,
  retry: number | RetryOptions | undefined,
): number | undefined {
  const options = Object(retry) === retry ? (retry as RetryOptions) : { attempts: Number(retry) }
  const { attempts, statuses } = options
  return made <= attempts && isTransient(error, statuses)
    ? backoff(error, made, options)
    : undefined
}

/** Returns the delay after a number of consecutive failures, in milliseconds, or `undefined` if it is too long. */
export function backoff(
  { retryAfter }: CompletionError,
  failures: number,
  { delay = 1000, maxDelay = 30_000 }: BackoffOptions,
): number | undefined {
  if (retryAfter === undefined) {
    return Math.random() * Math.min(maxDelay, delay * 2 ** (failures - 1)) || 0
  }
  return retryAfter <= maxDelay ? retryAfter : undefined
}

function isTransient(error: CompletionError, statuses: BackoffOptions['statuses']): boolean {
  const { kind, status, code, type, phase, timeout } = error
  if (kind === 'network') return phase === 'connect'
  if (kind === 'timeout') return timeout === 'response' || timeout === 'firstToken'
  // An exhausted quota also has status 429, but waiting does not help.
  if ((kind !== 'http' && kind !== 'api') || code === 'insufficient_quota') return false
  return status === undefined
    ? transientCode.test(code ?? '') || transientCode.test(type ?? '')
    : isAmong(statuses, status)
}

/** Whether to try again after a status. */
export function isAmong(statuses: BackoffOptions['statuses'], status: number): boolean {
  return [...(statuses ?? defaultStatuses)].includes(status)
}
