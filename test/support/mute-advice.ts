/*
 * For tests that cause development warnings on purpose. Importing this file removes only these warnings from
 * the output. The warnings have their own tests.
 */
const { warn } = console

console.warn = (...said: unknown[]) => {
  if (!String(said[0]).startsWith('use-streaming-completion: ')) warn(...said)
}
