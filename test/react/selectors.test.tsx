import { render, screen } from '@testing-library/react'
import { Component, useLayoutEffect, type ReactNode } from 'react'
import { expect, expectTypeOf, test, vi } from 'vitest'
import { createCompletion, createStreamingObject, type CompletionState } from '../../src/core.ts'
import { useCompletionState } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { textChunk } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

class Boundary extends Component<{ children: ReactNode }> {
  override state: { error?: Error } = {}
  static getDerivedStateFromError(error: Error) {
    return { error }
  }
  override componentDidCatch() {
    // React logs the caught error; nothing else is expected.
    vi.mocked(console.error).mockClear()
  }
  override render() {
    return this.state.error ? <b role="alert">{this.state.error.message}</b> : this.props.children
  }
}

function createShared() {
  const { fetch, requests } = createControlledFetch()
  const completion = createCompletion<string>({ url: '/', fetch, publish: 'sync' })
  const begin = async (text: string) => {
    await step(() => completion.start('x'))
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk(text))
    })
  }
  return {
    completion,
    begin,
    send: (text: string) => step(() => requests[0]!.send(textChunk(text))),
  }
}

test('an error that a selector throws for a new state reaches the error boundary', async () => {
  const { completion, begin } = createShared()
  function Strict() {
    return useCompletionState(completion, ({ text }) => {
      if (text !== '') throw new Error(`no selector for ${text}`)
      return 'nothing yet'
    })
  }
  render(
    <Boundary>
      <Strict />
    </Boundary>,
  )
  await begin('one')
  expect(screen.getByRole('alert').textContent).toBe('no selector for one')
  await step(() => completion.reset())
})

test('an error thrown by isEqual reaches the error boundary too', async () => {
  const { completion, begin } = createShared()
  function Strict() {
    return useCompletionState(
      completion,
      ({ text }) => text,
      (a, b) => {
        if (b !== '') throw new Error(`no equality for ${b}`)
        return a === b
      },
    )
  }
  render(
    <Boundary>
      <Strict />
    </Boundary>,
  )
  await begin('one')
  expect(screen.getByRole('alert').textContent).toBe('no equality for one')
  await step(() => completion.reset())
})

test('a changed selector never commits an older state', async () => {
  const { completion, begin, send } = createShared()
  const committed: string[] = []
  function Part({ select }: { select: (state: CompletionState) => string }) {
    const part = useCompletionState(completion, select)
    useLayoutEffect(() => void committed.push(part))
    return part
  }
  const statusOf = ({ status }: CompletionState) => status
  const textOf = ({ text }: CompletionState) => text
  const { rerender, container } = render(<Part select={statusOf} />)
  await begin('one')
  // The selected part does not change.
  await send(' two')
  committed.length = 0
  rerender(<Part select={textOf} />)
  expect(committed).toEqual(['one two'])
  expect(container.textContent).toBe('one two')
  await step(() => completion.reset())
})

test('selects from the object of a shared completion, and has its type', async () => {
  const { fetch, requests } = createControlledFetch()
  const completion = createStreamingObject<{ name: string }>({ url: '/', fetch, publish: 'sync' })
  function Name() {
    const name = useCompletionState(completion, ({ object }) => object?.name)
    expectTypeOf(name).toEqualTypeOf<string | undefined>()
    return name ?? 'no name yet'
  }
  const { container } = render(<Name />)
  expect(container.textContent).toBe('no name yet')
  await step(() => completion.start('x'))
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(textChunk('{"name":"Ad'))
  })
  expect(container.textContent).toBe('Ad')
  await step(() => completion.reset())
})
