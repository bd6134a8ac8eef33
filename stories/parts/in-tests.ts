/** Whether Vitest runs the story. For everybody else a story has no play function, and starts by itself. */
export const isInTests = '__vitest_browser__' in globalThis

/** A play function that only tests run: a visitor is not to see one click, or fail. */
export function inTests<Context>(
  play: (context: Context) => Promise<void> | void,
): (context: Context) => Promise<void> {
  return async (context) => {
    if (isInTests) await play(context)
  }
}
