import { cleanup, render } from '@testing-library/react'
import {
  startTransition,
  StrictMode,
  useEffect,
  useInsertionEffect,
  useLayoutEffect,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { UseStreamingCompletionResult } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { step } from './support/step.ts'

type Completion = UseStreamingCompletionResult<string>

let advice: unknown[][]

beforeEach(() => {
  // A page that has just loaded, without any warnings yet.
  vi.resetModules()
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  advice = []
  vi.spyOn(console, 'warn').mockImplementation((...said) => void advice.push(said))
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(() => {
  // React logs a warning about an abort in the cleanup of an insertion effect.
  cleanup()
  vi.restoreAllMocks()
})

const warned = [[expect.stringContaining('start was called while a component was rendering')]]

/** Renders a component that does something with its completion in every render. */
async function renderWith(useCompletion: (completion: Completion, click: () => number) => void) {
  const { useStreamingCompletion } = await import('../../src/react/use-streaming-completion.ts')
  const { fetch } = createControlledFetch()
  let rerender!: () => void
  let last!: Completion

  function Component() {
    const [clicks, setClicks] = useState(0)
    rerender = () => setClicks((count) => count + 1)
    last = useStreamingCompletion<string>({ url: '/api', fetch })
    useCompletion(last, () => clicks)
    return <p>{last.status}</p>
  }

  const view = render(
    <StrictMode>
      <Component />
    </StrictMode>,
  )
  await step()
  return { view, rerender: () => rerender(), start: () => last.start('Hi') }
}

describe('start in the body of a component', () => {
  test('causes one warning', async () => {
    let calls = 0
    const { rerender } = await renderWith(({ start }) => {
      if (calls++ < 4) void start('Hi')
    })
    await step(rerender)
    expect(calls).toBeGreaterThan(2)
    expect(advice).toEqual(warned)
  })

  test('causes a warning in code that a hook calls while rendering', async () => {
    await renderWith(({ start }) => {
      useState(() => void start('Hi'))
    })
    expect(advice).toEqual(warned)
  })

  test('causes a warning for a shared completion too', async () => {
    const { createCompletion } = await import('../../src/core.ts')
    const { fetch } = createControlledFetch()
    const completion = createCompletion<string>({ url: '/api', fetch })
    function Component() {
      useState(() => void completion.start('Hi'))
      return null
    }
    render(<Component />)
    await step()
    expect(advice).toEqual(warned)
  })
})

describe('start causes no warning', () => {
  test.each([
    ['useEffect', useEffect],
    ['useLayoutEffect', useLayoutEffect],
    ['useInsertionEffect', useInsertionEffect],
  ])('in %s', async (_, useAnyEffect) => {
    const { rerender } = await renderWith(({ start, abort }, clicks) => {
      const count = clicks()
      useAnyEffect(() => {
        void start(String(count))
        return () => abort()
      }, [start, abort, count])
    })
    await step(rerender)
    expect(advice).toEqual([])
  })

  test('in a handler, even right after a render that it forced or that changed nothing', async () => {
    const { rerender, start } = await renderWith(() => undefined)
    await step(() => void start())
    await step(() => {
      flushSync(rerender)
      void start()
    })
    await step(async () => {
      rerender()
      await Promise.resolve()
      void start()
    })
    await step(() => {
      startTransition(rerender)
      void start()
    })
    expect(advice).toEqual([])
  })

  test('in code that was scheduled while rendering and runs afterwards', async () => {
    await renderWith(({ start }) => {
      useState(() => void Promise.resolve().then(() => start('Hi')))
    })
    expect(advice).toEqual([])
  })
})
