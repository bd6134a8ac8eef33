/** Calls the app's code. An error that it throws is reported as uncaught and does not affect the run. */
export function callApp<Args extends unknown[]>(
  callback: ((...args: Args) => void) | undefined,
  ...args: Args
): void {
  try {
    callback?.(...args)
  } catch (error) {
    report(error)
  }
}

function report(error: unknown) {
  try {
    reportError(error)
  } catch {
    // React Native has no such function, and a page may have replaced it with one that throws.
    setTimeout(() => {
      throw error
    })
  }
}
