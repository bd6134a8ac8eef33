import type { CompletionError } from '../errors/completion-error.ts'

/** After which failures to try again, and how long to wait before. */
export interface BackoffOptions {
  /**
   * The statuses after which to try again.
   *
   * @default [408, 409, 425, 429, 500, 502, 503, 504]
   */
  statuses?: Iterable<number> | undefined
  /**
   * The longest wait after the first failure, in milliseconds. It doubles with every further one, and
   * the wait is a random part of it, so that many clients do not come back at once.
   *
   * @default 1000
   */
  delay?: number | undefined
  /**
   * The longest wait of all, in milliseconds. A server that asks for more, by `Retry-After` or
   * `retry-after-ms`, is not asked again: the run fails, and the error has its `retryAfter`.
   *
   * @default 30000
   */
  maxDelay?: number | undefined
}

/** When a request that failed is sent again, and how often. */
export interface RetryOptions extends BackoffOptions {
  /** How many attempts to make beyond the first. */
  attempts: number
}

const defaultStatuses: readonly number[] = [408, 409, 425, 429, 500, 502, 503, 504]

/** What providers that have already answered 200 say of what may go well the next time. */
const transientCode = /^(rate_limit_exceeded|server_error|overloaded_error)$/

/**
 * How long to wait before the next attempt, in milliseconds; `undefined` if there is to be none.
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

/** How long to wait after so many failures in a row, in milliseconds; `undefined` if it is too long. */
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
  // An empty account has the status of a full queue, but waiting does not fill it.
  if ((kind !== 'http' && kind !== 'api') || code === 'insufficient_quota') return false
  return status === undefined
    ? transientCode.test(code ?? '') || transientCode.test(type ?? '')
    : isAmong(statuses, status)
}

/** Whether a status is one after which to try again. */
export function isAmong(statuses: BackoffOptions['statuses'], status: number): boolean {
  return [...(statuses ?? defaultStatuses)].includes(status)
}
