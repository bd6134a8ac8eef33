import { cleanup, render } from '@testing-library/react'
import { Activity, StrictMode, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import type { UseStreamingCompletionResult } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { latest } from './support/latest.ts'
import { step } from './support/step.ts'

let written: string[]

beforeEach(() => {
  // A page that has just loaded, without any warnings yet.
  vi.resetModules()
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  written = []
  const note = (first: unknown) => void written.push(String(first))
  vi.spyOn(console, 'warn').mockImplementation(note)
  vi.spyOn(console, 'error').mockImplementation(note)
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const warning = [expect.stringContaining("aborted with the reason 'unmount', or did not start")]

interface Mode {
  mode?: 'visible' | 'hidden' | undefined
}

interface Hideable extends Mode {
  children: ReactNode
}

/** Renders a component that uses the hook in a wrapper that the test renders again. */
async function renderIn(Wrapper: (props: Hideable) => ReactNode) {
  const { useStreamingCompletion } = await import('../../src/react/use-streaming-completion.ts')
  const { fetch, requests } = createControlledFetch()
  const completion = latest<UseStreamingCompletionResult<string>>()

  function Answer() {
    const { status, text } = completion.note(useStreamingCompletion({ url: '/api', fetch }))
    return (
      <p>
        {status}: {text}
      </p>
    )
  }
  const tree = (props: Mode) => (
    <Wrapper {...props}>
      <Answer />
    </Wrapper>
  )
  let view: ReturnType<typeof render>
  return {
    requests,
    show: (props: Mode) =>
      step(() => {
        if ((view as typeof view | undefined) === undefined) view = render(tree(props))
        else view.rerender(tree(props))
      }),
    unmount: () => step(() => view.unmount()),
    get completion() {
      return completion.current
    },
    /** The content of the page, hidden or not. */
    text: () => view.container.textContent,
  }
}

function Hiding({ mode, children }: Hideable) {
  return <Activity mode={mode}>{children}</Activity>
}

function StrictHiding(props: Hideable) {
  return (
    <StrictMode>
      <Hiding {...props} />
    </StrictMode>
  )
}

// React 18 has no Activity.
describe.skipIf(inject('reactMajor') < 19).each([
  ['', Hiding],
  [' in StrictMode', StrictHiding],
])('a component in an Activity%s', (_, Wrapper) => {
  const visible = { mode: 'visible' } as const
  const hidden = { mode: 'hidden' } as const

  /** Renders the component with a complete answer. */
  async function renderAnswered() {
    const page = await renderIn(Wrapper)
    await page.show(visible)
    await step(() => page.completion.start('a'))
    await step(() => {
      page.requests[0]!.respond()
      page.requests[0]!.send(answer('Hello'))
    })
    expect(page.text()).toBe('complete: Hello')
    return page
  }

  test('that is hidden in mid-stream ends its run, keeps the text and can start the next one', async () => {
    const page = await renderIn(Wrapper)
    await page.show(visible)
    await step(() => page.completion.start('a'))
    await step(() => {
      page.requests[0]!.respond()
      page.requests[0]!.send(textChunk('Half'))
    })
    await page.show(hidden)
    expect(page.requests[0]!.closedByClient).toBe(true)

    await page.show(visible)
    expect(page.completion).toMatchObject({ abortReason: 'unmount' })
    expect(page.text()).toBe('aborted: Half')
    await step(() => page.completion.start('b'))
    await step(() => {
      page.requests[1]!.respond()
      page.requests[1]!.send(answer('Hello'))
    })
    expect(page.text()).toBe('complete: Hello')
    expect(written).toEqual(warning)
  })

  test.each(['start', 'retry'] as const)(
    'settles a %s while it is hidden, and still shows the previous state',
    async (control) => {
      const page = await renderAnswered()
      await page.show(hidden)
      const { start, retry } = page.completion
      let result: unknown
      await step(async () => {
        result = await (control === 'start' ? start('b') : retry())
      })
      expect(result).toMatchObject({ status: 'aborted', abortReason: 'unmount', text: '' })
      expect(page.text()).toBe('complete: Hello')

      await page.show(visible)
      expect(page.text()).toBe('complete: Hello')
      expect(page.requests).toHaveLength(1)
      expect(written).toEqual(warning)
    },
  )

  test('that has never been shown starts nothing', async () => {
    const page = await renderIn(Wrapper)
    await page.show(hidden)
    let result: unknown
    await step(async () => {
      result = await page.completion.start('a')
    })
    expect(result).toMatchObject({ status: 'aborted', abortReason: 'unmount' })
    expect(page.requests).toHaveLength(0)
    expect(written).toEqual(warning)

    await page.show(visible)
    await step(() => page.completion.start('b'))
    expect(page.requests).toHaveLength(1)
  })

  test('without a run is hidden and shown without a warning', async () => {
    const page = await renderAnswered()
    await page.show(hidden)
    await page.show(visible)
    await page.show(hidden)
    await page.unmount()
    await page.completion.start('b')
    expect(page.requests).toHaveLength(1)
    expect(written).toEqual([])
  })
})

test.each([
  ['', ({ children }: Hideable) => children],
  [' in StrictMode', ({ children }: Hideable) => <StrictMode>{children}</StrictMode>],
])('a component that is unmounted in mid-stream%s causes no warning', async (_, Wrapper) => {
  const page = await renderIn(Wrapper)
  await page.show({})
  await step(() => page.completion.start('a'))
  await page.unmount()
  expect(page.requests[0]!.closedByClient).toBe(true)
  const { start } = page.completion
  expect(await start('b')).toMatchObject({ status: 'aborted', abortReason: 'unmount' })
  expect(page.requests).toHaveLength(1)
  expect(written).toEqual([])
})
