/*
 * The diagnoses of development. What such a function does stands in its own
 *
 *   try { if (process.env.NODE_ENV !== 'production' …) … } catch {}
 *
 * Bundlers put a constant in the place of exactly this expression, and then drop what can never run, its
 * text included. A page without a bundler has no `process`, nor any use for advice: that is what the
 * `catch` is for. To ask `typeof process` first would not do, for the pages of most development servers
 * have none either.
 */

const given = new Set<string>()

/** Writes to the console what was seen, its likely cause and what to do; once a page for each cause. */
export function warnOnce(cause: string, advice: string): void {
  if (given.has(cause)) return
  given.add(cause)
  console.warn(`use-streaming-completion: ${advice}`)
}
