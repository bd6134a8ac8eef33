/**
 * Listens to an event of the page, if there is a page, until the signal aborts. The signal is not passed to
 * `addEventListener`, because simulated pages such as jsdom reject signals of another realm.
 */
export function listenUntil(
  signal: AbortSignal,
  type: 'beforeunload' | 'pagehide' | 'pageshow' | 'online' | 'freeze' | 'resume',
  listener: (event: Event) => void,
): void {
  const page: Partial<typeof globalThis> = globalThis
  // A listener that cannot be removed would outlive its run.
  if (!page.removeEventListener) return
  // In the capture phase, so that events of the document, such as `resume`, are received too.
  page.addEventListener?.(type, listener, true)
  signal.addEventListener('abort', () => page.removeEventListener?.(type, listener, true), {
    once: true,
  })
}
