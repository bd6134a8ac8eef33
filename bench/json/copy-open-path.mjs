/**
 * What an app has to do with an object that is written to in place before React can be given it: copy
 * what is still open, which is the last entry of each level, so that every reference on the way there is
 * new and what was shown before stays as it was.
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
