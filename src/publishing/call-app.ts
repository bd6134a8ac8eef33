/** Calls the app's code. What it throws is reported as an uncaught error, and stops nothing here. */
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
  if (typeof reportError === 'function') {
    reportError(error)
    return
  }
  setTimeout(() => {
    throw error
  })
}
