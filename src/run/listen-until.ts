/**
 * Listens to an event of the page, where there is one, until the signal aborts. The signal is not passed
 * to `addEventListener`: a simulated page, such as jsdom's, refuses the signals of another realm.
 */
export function listenUntil(
  signal: AbortSignal,
  type: 'beforeunload' | 'pagehide' | 'pageshow' | 'online' | 'freeze' | 'resume',
  listener: (event: Event) => void,
): void {
  const page: Partial<typeof globalThis> = globalThis
  // A listener that cannot be removed would outlive its run.
  if (!page.removeEventListener) return
  // What happens to the document, such as `resume`, passes here on its way down.
  page.addEventListener?.(type, listener, true)
  signal.addEventListener('abort', () => page.removeEventListener?.(type, listener, true), {
    once: true,
  })
}
