import type { CompletionError } from '../errors/completion-error.ts'
import { listenUntil } from './listen-until.ts'

/**
 * Starts the next attempt after a delay. After a failure to connect, it waits until the browser is online,
 * and starts as soon as it comes online.
 *
 * @param onPlan called with the time at which it starts, on the clock of `performance.now()`; `Infinity`
 * while offline
 * @param signal ends the waiting
 */
export function scheduleAttempt(
  error: CompletionError,
  delay: number,
  signal: AbortSignal,
  onPlan: (at: number) => void,
  begin: () => void,
): void {
  // Not every environment has a navigator.
  const page = globalThis as { navigator?: Partial<Navigator> }
  const waiting = new AbortController()
  // A server that answered is reachable, whatever the browser reports.
  const isOffline = () => !answered(error) && page.navigator?.onLine === false
  const stop = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    waiting.abort()
  }
  const go = () => {
    stop()
    begin()
  }
  const due = () => {
    if (isOffline()) onPlan(Infinity)
    else go()
  }
  // A timer with a longer delay fires immediately.
  const wait = (left: number) => {
    timer = left > longest ? setTimeout(wait, longest, left - longest) : setTimeout(due, left)
  }
  let timer: ReturnType<typeof setTimeout>
  wait(delay)
  signal.addEventListener('abort', stop)
  if (!answered(error)) listenUntil(waiting.signal, 'online', go)
  onPlan(isOffline() ? Infinity : performance.now() + delay)
}

/** The longest delay that timers support, in milliseconds. */
const longest = 2 ** 31 - 1

function answered({ kind }: CompletionError): boolean {
  return kind === 'http' || kind === 'api'
}
