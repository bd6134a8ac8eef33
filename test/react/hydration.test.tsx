import { act, render } from '@testing-library/react'
import { useEffect } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { describe, expect, test } from 'vitest'
import { createCompletion, type Completion } from '../../src/core.ts'
import {
  useCompletionState,
  useStreamingCompletion,
  type UseStreamingCompletionResult,
} from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { turns } from '../client/support/turns.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

/** The expected HTML from the server. */
function fromServer() {
  const container = document.createElement('div')
  container.innerHTML = '<p>idle: </p>'
  return { container, paragraph: container.firstChild }
}

test('a server-rendered page hydrates without a mismatch, and can start a run', async () => {
  const { fetch, requests } = createControlledFetch()
  let completion!: UseStreamingCompletionResult
  function Page() {
    const current = useStreamingCompletion({ url: '/', fetch })
    useEffect(() => {
      completion = current
    })
    return <p>{`${current.status}: ${current.text}`}</p>
  }
  const { container, paragraph } = fromServer()

  const root = await act(async () => hydrateRoot(container, <Page />))
  expect(container.firstChild).toBe(paragraph)
  expect(container.textContent).toBe('idle: ')
  expect(requests).toHaveLength(0)

  await step(() => completion.start('a'))
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
  })
  expect(container.firstChild).toBe(paragraph)
  expect(container.textContent).toBe('complete: Hello')
  act(() => root.unmount())
})

test('a selected part of a shared completion hydrates without a mismatch, and updates', async () => {
  const { fetch, requests } = createControlledFetch()
  const completion = createCompletion<string>({ url: '/', fetch })
  function Page() {
    return <p>{useCompletionState(completion, ({ status, text }) => `${status}: ${text}`)}</p>
  }
  const { container, paragraph } = fromServer()

  const root = await act(async () => hydrateRoot(container, <Page />))
  expect(container.firstChild).toBe(paragraph)
  await step(() => completion.start('a'))
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
  })
  expect(container.textContent).toBe('complete: Hello')
  act(() => root.unmount())
})

test('a start in an effect of the hydrated page makes one request', async () => {
  const { fetch, requests } = createControlledFetch()
  function Page() {
    const { status, text, start } = useStreamingCompletion({ url: '/', fetch })
    useEffect(() => void start('a'), [start])
    return <p>{`${status}: ${text}`}</p>
  }
  const { container } = fromServer()
  const root = await act(async () => hydrateRoot(container, <Page />))
  await step()
  expect(requests).toHaveLength(1)
  expect(container.textContent).toBe('connecting: ')
  act(() => root.unmount())
  await step()
})

describe('a shared completion that runs before the page hydrates', () => {
  const views = {
    useCompletionState: (completion: Completion<string>) =>
      useCompletionState(completion, ({ status, text }) => `${status}: ${text}`),
    useStreamingCompletion(completion: Completion<string>) {
      const { status, text } = useStreamingCompletion({ completion })
      return `${status}: ${text}`
    },
  }

  test.each(Object.entries(views))(
    'keeps the elements of the server, and shows the run before the paint: %s',
    async (_, useView) => {
      const { fetch, requests } = createControlledFetch()
      const completion = createCompletion<string>({ url: '/', fetch })
      void completion.start('a')
      await turns()
      requests[0]!.respond()
      requests[0]!.send(textChunk('Hel'))
      await turns()
      const laidOut: (string | null)[] = []
      const recovered: unknown[] = []
      const { container, paragraph } = fromServer()
      function Page() {
        const shown = useView(completion)
        // The effect of a render before the paint sees the painted content.
        useEffect(() => void laidOut.push(container.textContent))
        return <p>{shown}</p>
      }

      const root = await act(async () =>
        hydrateRoot(container, <Page />, { onRecoverableError: (error) => recovered.push(error) }),
      )
      expect(recovered).toEqual([])
      expect(container.firstChild).toBe(paragraph)
      expect(container.textContent).toBe('streaming: Hel')
      expect(laidOut.at(-1)).toBe('streaming: Hel')

      await step(() => requests[0]!.send(answer('lo')))
      expect(container.firstChild).toBe(paragraph)
      expect(container.textContent).toBe('complete: Hello')
      act(() => root.unmount())
    },
  )

  test('is shown immediately by a component that mounts after the hydration', async () => {
    const { fetch } = createControlledFetch()
    const completion = createCompletion<string>({ url: '/', fetch })
    void completion.start('a')
    const seen: string[] = []
    function Late() {
      const status = useCompletionState(completion, (state) => state.status)
      seen.push(status)
      return null
    }
    render(<Late />)
    expect(seen).toEqual(['connecting'])
    await step(() => completion.reset())
  })
})
