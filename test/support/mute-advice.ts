/*
 * For tests that send, on purpose, what the package advises against in development: imported, it keeps
 * that advice, and nothing else, out of the output. The advice has tests of its own.
 */
const { warn } = console

console.warn = (...said: unknown[]) => {
  if (!String(said[0]).startsWith('use-streaming-completion: ')) warn(...said)
}
