import { expect } from 'vitest'

/** Whether two values are the same JSON; -0 and 0 are not. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(fieldOf(a, key), fieldOf(b, key)))
  )
}

/**
 * Fails unless `before` may grow into `next` while its JSON streams in, and unchanged parts keep their
 * identity. The caller must exclude repeated keys.
 */
export function expectGrown(before: unknown, next: unknown) {
  if (before === undefined) return
  if (isSame(before, next)) {
    expect(next, 'keeps its identity').toBe(before)
    return
  }
  expect(typeof next).toBe(typeof before)
  if (typeof before === 'string') {
    expect((next as string).startsWith(before), 'a string is appended to').toBe(true)
    return
  }
  expect(typeof before, 'a number or literal never changes').toBe('object')
  expect(before).not.toBeNull()
  expect(Array.isArray(next)).toBe(Array.isArray(before))
  const keys = Object.keys(before as object)
  // Integer keys come first in objects, so the last entry is known only for arrays.
  if (Array.isArray(before)) {
    expect((next as unknown[]).length).toBeGreaterThanOrEqual(before.length)
    before.slice(0, -1).forEach((element, index) => {
      expect((next as unknown[])[index]).toBe(element)
    })
  }
  for (const key of keys) expectGrown(fieldOf(before as object, key), fieldOf(next as object, key))
}

function fieldOf(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value
}
