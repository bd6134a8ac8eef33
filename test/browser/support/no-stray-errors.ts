import { beforeEach, expect, onTestFinished } from 'vitest'

/**
 * Whatever a test is about, the page stays clean: nothing is logged as an error or a warning, no
 * error is thrown into the void, and no promise rejects unhandled. The package's own advice is no stray
 * warning: some tests send on purpose what it advises against.
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

  // Registered before anything that the test itself registers, so it runs last: what unmounting
  // and closing cause is held to the same.
  onTestFinished(async () => {
    await nextTask()
    Object.assign(console, originals)
    removeEventListener('error', noteError)
    removeEventListener('unhandledrejection', noteRejection)
    expect(stray).toEqual([])
  })
})

/** Browsers report an unhandled rejection in a task of its own, after the one that rejected. */
function nextTask() {
  // WebKit has no idle callbacks.
  const whenIdle = 'requestIdleCallback' in window ? requestIdleCallback : setTimeout
  return new Promise((resolve) => whenIdle(() => setTimeout(resolve)))
}
