import { beforeEach, expect, onTestFinished } from 'vitest'

/**
 * Fails a test if the page logs an error or a warning, throws an uncaught error, or has an unhandled
 * rejection. The package's own development warnings are allowed, because some tests cause them on purpose.
 */
beforeEach(() => {
  const stray: string[] = []
  const originals = { error: console.error, warn: console.warn }
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...values: unknown[]) => {
      if (String(values[0]).startsWith('use-streaming-completion: ')) return
      stray.push(`console.${level}: ${values.map(String).join(' ')}`)
      originals[level](...values)
    }
  }
  const noteError = (event: ErrorEvent) => stray.push(`error: ${event.message}`)
  const noteRejection = (event: PromiseRejectionEvent) =>
    stray.push(`unhandledrejection: ${String(event.reason)}`)
  addEventListener('error', noteError)
  addEventListener('unhandledrejection', noteRejection)

  // Registered before the test's own callbacks, so it runs last: errors of unmounting and closing count too.
  onTestFinished(async () => {
    await nextTask()
    Object.assign(console, originals)
    removeEventListener('error', noteError)
    removeEventListener('unhandledrejection', noteRejection)
    expect(stray).toEqual([])
  })
})

/** Browsers report an unhandled rejection in a separate task, after the one that rejected. */
function nextTask() {
  // WebKit has no idle callbacks.
  const whenIdle = 'requestIdleCallback' in window ? requestIdleCallback : setTimeout
  return new Promise((resolve) => whenIdle(() => setTimeout(resolve)))
}
