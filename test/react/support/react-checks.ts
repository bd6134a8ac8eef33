import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, vi } from 'vitest'

/**
 * Every test of the file runs as React's own checks want it: an update outside `act`, or anything else
 * that React writes to the console, fails it.
 */
export function failOnReactWarnings() {
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }

  beforeEach(() => {
    environment.IS_REACT_ACT_ENVIRONMENT = true
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  })

  afterEach(() => {
    cleanup()
    const written = [console.error, console.warn].flatMap((log) => vi.mocked(log).mock.calls)
    vi.restoreAllMocks()
    expect(written).toEqual([])
  })
}
