/** Whether Vitest runs the story. Otherwise, a story has no play function and starts automatically. */
export const isInTests = '__vitest_browser__' in globalThis

/** A play function that runs only in tests: visitors must not see it click or fail. */
export function inTests<Context>(
  play: (context: Context) => Promise<void> | void,
): (context: Context) => Promise<void> {
  return async (context) => {
    if (isInTests) await play(context)
  }
}
