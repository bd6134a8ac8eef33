import { act, render, screen } from '@testing-library/react'
import { startTransition, useState, useTransition } from 'react'
import { expect, inject, test } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import {
  useCompletionState,
  useStreamingCompletion,
  type UseStreamingCompletionResult,
} from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

/** React 18 has neither async transitions nor actions. */
const hasActions = inject('reactMajor') > 18
const test19 = test.skipIf(!hasActions)

interface Page {
  readonly completion: UseStreamingCompletionResult<string>
  readonly run: (action: () => Promise<unknown>) => void
}

/** A page that runs its actions in transitions, with a counter that another transition changes. */
function renderPage() {
  const { fetch, requests } = createControlledFetch()
  let page!: Page
  let count!: () => void
  function Whole() {
    const completion = useStreamingCompletion<string>({ url: '/', fetch })
    const [isPending, startAsync] = useTransition()
    const [counted, setCounted] = useState(0)
    page = { completion, run: (action) => startAsync(() => action().then(() => undefined)) }
    count = () => startTransition(() => setCounted((before) => before + 1))
    return (
      <form {...(hasActions && { action: () => completion.start('form').then(() => undefined) })}>
        <p>{`${completion.status}: ${completion.text}`}</p>
        <i>{`${isPending ? 'pending' : 'not pending'}, ${counted}`}</i>
        <button type="submit">Send</button>
      </form>
    )
  }
  const { container } = render(<Whole />)
  const shown = (selector: string) => container.querySelector(selector)?.textContent
  return {
    requests,
    page: () => page,
    count: () => count(),
    state: () => shown('p'),
    rest: () => shown('i'),
  }
}

test19('start awaited in an async transition shows connecting, streaming, complete', async () => {
  const { page, requests, state, rest } = renderPage()
  await step(() => page().run(() => page().completion.start('a')))
  expect(state()).toBe('connecting: ')
  expect(rest()).toBe('pending, 0')
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(textChunk('Hel'))
  })
  expect(state()).toBe('streaming: Hel')
  await step(() => requests[0]!.send(answer('lo')))
  expect(state()).toBe('complete: Hello')
  expect(rest()).toBe('not pending, 0')
})

test19('a second one shows connecting without the text of the first', async () => {
  const { page, requests, state } = renderPage()
  await step(() => page().run(() => page().completion.start('a')))
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(answer('first'))
  })
  expect(state()).toBe('complete: first')
  await step(() => page().run(() => page().completion.start('b')))
  expect(state()).toBe('connecting: ')
  await step(() => page().completion.abort())
  expect(state()).toBe('aborted: ')
})

test19('start awaited in the action of a form shows connecting, and can be stopped', async () => {
  const { page, requests, state } = renderPage()
  await step(() => screen.getByRole('button').click())
  expect(state()).toBe('connecting: ')
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(textChunk('Hel'))
  })
  expect(state()).toBe('streaming: Hel')
  await step(() => page().completion.abort())
  expect(state()).toBe('aborted: Hel')
})

test19('abort and reset inside an async transition are shown before its end', async () => {
  const { page, requests, state } = renderPage()
  let end!: () => void
  const open = new Promise<void>((resolve) => (end = resolve))
  await step(() => page().completion.start('a'))
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(textChunk('Hel'))
  })
  await step(() =>
    page().run(() => {
      page().completion.abort()
      return open
    }),
  )
  expect(state()).toBe('aborted: Hel')
  await step(() =>
    page().run(() => {
      page().completion.reset()
      return open
    }),
  )
  expect(state()).toBe('idle: ')
  await step(() => end())
})

test19('a part of a shared completion shows connecting in a transition, too', async () => {
  const { fetch } = createControlledFetch()
  const completion = createCompletion<string>({ url: '/', fetch })
  let run!: (action: () => Promise<unknown>) => void
  function Part() {
    const [, startAsync] = useTransition()
    run = (action) => startAsync(() => action().then(() => undefined))
    return useCompletionState(completion, ({ status }) => status)
  }
  const { container } = render(<Part />)
  await step(() => run(() => completion.start('a')))
  expect(container.textContent).toBe('connecting')
  await step(() => completion.reset())
})

test19(
  'another transition is rendered where start is not awaited, and waits where it is',
  async () => {
    const { page, requests, rest, count } = renderPage()
    await step(() =>
      page().run(async () => {
        void page().completion.start('a')
      }),
    )
    await step(() => count())
    expect(rest()).toBe('not pending, 1')
    await step(() => page().run(() => page().completion.start('b')))
    await step(() => count())
    expect(rest()).toBe('pending, 1')
    await step(() => {
      requests[1]!.respond()
      requests[1]!.send(answer('Hello'))
    })
    expect(rest()).toBe('not pending, 2')
  },
)

test('a start in a handler is shown in the commit of that handler', () => {
  const { page, state } = renderPage()
  act(() => void page().completion.start('a'))
  expect(state()).toBe('connecting: ')
  act(() => page().completion.reset())
})
