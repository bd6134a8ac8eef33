/*
 * Development warnings. The body of each diagnosis is wrapped in
 *
 *   try { if (process.env.NODE_ENV !== 'production' …) … } catch {}
 *
 * Bundlers replace exactly this expression with a constant and then remove the dead code, including its
 * text. On a page without a bundler, `process` is not defined; the `catch` handles that. A check of
 * `typeof process` would not work: the pages of most development servers do not define it either.
 */

const given = new Set<string>()

/** Logs a warning with the likely cause and the fix, once per page for each cause. */
export function warnOnce(cause: string, advice: string): void {
  if (given.has(cause)) return
  given.add(cause)
  console.warn(`use-streaming-completion: ${advice}`)
}
