/**
 * Listens to an event of the page, where there is one, until the signal aborts. The signal is not passed
 * to `addEventListener`: a simulated page, such as jsdom's, refuses the signals of another realm.
 */
export function listenUntil(
  signal: AbortSignal,
  type: 'beforeunload' | 'pagehide' | 'pageshow' | 'online',
  listener: () => void,
): void {
  const page: Partial<typeof globalThis> = globalThis
  page.addEventListener?.(type, listener)
  signal.addEventListener('abort', () => page.removeEventListener?.(type, listener))
}
