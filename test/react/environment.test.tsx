import { version } from 'react'
import { version as domVersion } from 'react-dom'
import { expect, inject, test } from 'vitest'
import { useCompletionState } from '../../src/index.ts'
import { useOwnCompletion } from '../../src/react/use-own-completion.ts'
import { useCompletionMadeBy } from '../../src/react/use-streaming-completion.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The version of React for the tests of the hooks. */
    reactMajor: number
    /** Whether the React Compiler compiles the hooks. */
    isCompiled: boolean
  }
}

test('the hooks run with the intended version of React', () => {
  expect(Number.parseInt(version)).toBe(inject('reactMajor'))
  expect(domVersion).toBe(version)
})

test.each([useCompletionState, useOwnCompletion, useCompletionMadeBy])(
  'the hooks are compiled by the React Compiler if intended: %o',
  (hook) => {
    // The compiler's cache, which a compiled function creates first.
    const isCompiled = /\$ = .*\(\d+\)/.test(hook.toString())
    expect(isCompiled).toBe(inject('isCompiled'))
  },
)
