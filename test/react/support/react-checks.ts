import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, vi } from 'vitest'

/**
 * Applies React's own checks to every test of the file: an update outside `act`, or any other message of React
 * in the console, fails the test.
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
