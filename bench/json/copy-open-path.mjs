/**
 * Prepares an object that is modified in place for React, as an app would have to: copies the open part, which
 * is the last entry of each level, so that every reference on that path is new and earlier values do not change.
 */
export function copyOpenPath(value) {
  if (Array.isArray(value)) {
    const copy = value.slice()
    if (copy.length > 0) copy[copy.length - 1] = copyOpenPath(copy[copy.length - 1])
    return copy
  }
  if (value === null || typeof value !== 'object') return value
  const copy = { ...value }
  let last
  for (last in copy);
  if (last !== undefined) copy[last] = copyOpenPath(copy[last])
  return copy
}
