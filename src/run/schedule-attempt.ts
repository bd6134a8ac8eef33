import type { CompletionError } from '../errors/completion-error.ts'
import { listenUntil } from './listen-until.ts'

/**
 * Begins the next attempt after a delay. Where the connection itself failed, it begins as soon as the
 * browser comes online, and not before: an attempt without a network is wasted.
 *
 * @param onPlan told when it begins, on the clock of `performance.now()`; `Infinity` while offline
 * @param signal ends the waiting
 */
export function scheduleAttempt(
  error: CompletionError,
  delay: number,
  signal: AbortSignal,
  onPlan: (at: number) => void,
  begin: () => void,
): void {
  // Not every environment has one.
  const page = globalThis as { navigator?: Partial<Navigator> }
  const waiting = new AbortController()
  // A server that answered has been reached, whatever the browser thinks of its network.
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
  // A timer that is set for longer fires at once.
  const wait = (left: number) => {
    timer = left > longest ? setTimeout(wait, longest, left - longest) : setTimeout(due, left)
  }
  let timer: ReturnType<typeof setTimeout>
  wait(delay)
  signal.addEventListener('abort', stop)
  if (!answered(error)) listenUntil(waiting.signal, 'online', go)
  onPlan(isOffline() ? Infinity : performance.now() + delay)
}

/** The longest delay that timers take, in milliseconds. */
const longest = 2 ** 31 - 1

function answered({ kind }: CompletionError): boolean {
  return kind === 'http' || kind === 'api'
}
