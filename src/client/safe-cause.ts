/**
 * A copy of what was thrown that is safe to keep as a `cause`: its name, message, stack and code.
 * HTTP libraries hang the request on their errors, and its headers and body must not travel on into
 * the logs of an app.
 */
export function safeCause(thrown: unknown, depth = 3): Error {
  if (!(thrown instanceof Error)) return new Error(describe(thrown))
  const cause =
    depth > 0 && thrown.cause !== undefined ? safeCause(thrown.cause, depth - 1) : undefined
  const copy = new Error(thrown.message, cause && { cause })
  copy.name = thrown.name
  if (thrown.stack !== undefined) copy.stack = thrown.stack
  const { code } = thrown as { code?: unknown }
  return typeof code === 'string' || typeof code === 'number' ? Object.assign(copy, { code }) : copy
}

function describe(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : `A value of type ${typeof thrown} was thrown.`
}
