/**
 * A copy of what was thrown that is safe to keep as a `cause`: its name, message, stack and code.
 * HTTP libraries attach the request to their errors, and its headers and body must not reach the logs
 * of an app.
 */
export function safeCause(thrown: unknown): Error {
  try {
    return copyOf(thrown, 3)
  } catch {
    return new Error('The thrown error could not be read.')
  }
}

function copyOf(thrown: unknown, depth: number): Error {
  if (!isErrorLike(thrown)) return new Error(describe(thrown))
  const cause =
    depth > 0 && thrown.cause !== undefined ? copyOf(thrown.cause, depth - 1) : undefined
  const copy = new Error(thrown.message, cause && { cause })
  copy.name = thrown.name
  if (typeof thrown.stack === 'string') copy.stack = thrown.stack
  const { code } = thrown as { code?: unknown }
  return typeof code === 'string' || typeof code === 'number' ? Object.assign(copy, { code }) : copy
}

/** Checked by shape: an error from another window is not an instance of this window's `Error`. */
export function isErrorLike(thrown: unknown): thrown is Error {
  if (thrown instanceof Error) return true
  if (typeof thrown !== 'object' || thrown === null) return false
  const { name, message } = thrown as { name?: unknown; message?: unknown }
  return typeof name === 'string' && typeof message === 'string'
}

function describe(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : `A value of type ${typeof thrown} was thrown.`
}
