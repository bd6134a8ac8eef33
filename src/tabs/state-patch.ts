/** How a value changes: it is replaced (`set`), text is appended (`add`), or some of its fields change. */
export type Patch =
  | { readonly set: unknown }
  | { readonly add: string }
  | { readonly each: Readonly<Record<string, Patch>> }

type Container = Record<string, unknown>

/** The difference between two values whose unchanged parts are identical; `undefined` if nothing changed. */
export function diff(before: unknown, after: unknown): Patch | undefined {
  if (Object.is(before, after)) return undefined
  if (typeof before === 'string' && typeof after === 'string' && after.startsWith(before)) {
    return { add: after.slice(before.length) }
  }
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after))
    return { set: after }
  if (!Object.keys(before).every((name) => Object.hasOwn(after, name))) return { set: after }
  const each: [string, Patch][] = []
  for (const [name, value] of Object.entries(after)) {
    const patch = diff(before[name], value)
    if (patch) each.push([name, patch])
  }
  return { each: Object.fromEntries(each) }
}

/** Applies a difference. All other parts keep their identity. */
export function patched(before: unknown, patch: Patch): unknown {
  if ('set' in patch) return patch.set
  if ('add' in patch) return (before as string) + patch.add
  // Not by assignment: `__proto__` is a field like any other.
  const changes = Object.fromEntries(
    Object.entries(patch.each).map(([name, inner]) => [
      name,
      patched((before as Container)[name], inner),
    ]),
  )
  return Array.isArray(before)
    ? Object.assign([...(before as unknown[])], changes)
    : { ...(before as Container), ...changes }
}

/** Objects of classes, such as dates, are replaced as a whole. */
function isContainer(value: unknown): value is Container {
  return (
    Array.isArray(value) ||
    (typeof value === 'object' &&
      value !== null &&
      Object.getPrototypeOf(value) === Object.prototype)
  )
}
