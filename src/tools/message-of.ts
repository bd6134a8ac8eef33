/** The message of what was thrown, without its stack. Empty if there is none: anything can be thrown. */
export function messageOf(thrown: unknown): string {
  try {
    // Some libraries throw plain objects that have a message.
    const { message = thrown } = Object(thrown) as { message?: unknown }
    return typeof message === 'string' ? message : ''
  } catch {
    return ''
  }
}
