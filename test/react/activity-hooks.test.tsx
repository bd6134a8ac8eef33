import { act, render } from '@testing-library/react'
import { flushSync } from 'react-dom'
import { beforeEach, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import {
  checkpointStore,
  createCompletionRegistry,
  resumable,
  useCompletion,
  useCompletionState,
  useStreamingCompletion,
  useStreamingObject,
  type Completion,
} from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from '../client/support/chat.ts'
import { responseBody } from '../client/support/responses-stream.ts'
import { events, text as resumedText } from '../client/support/resuming.ts'
import '../support/mute-advice.ts'
import { hide, show, showNow, Tab } from './support/activity-tab.tsx'
import { latest } from './support/latest.ts'
import { step } from './support/step.ts'

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
})

// React 18 has no Activity.
describe.skipIf(inject('reactMajor') < 19)('in an Activity', () => {
  test('a completion above it keeps running, and its latest state is in the first paint', async () => {
    const { fetch, requests } = createControlledFetch()
    const owned = latest<Completion<string>>()
    function Shown({ completion }: { completion: Completion<string> }) {
      const { status, text } = useStreamingCompletion({ completion })
      const length = useCompletionState(completion, (state) => state.text.length)
      return (
        <p>
          {status}: {text} ({length})
        </p>
      )
    }
    function App() {
      const completion = owned.note(useCompletion<string>({ url: '/', fetch, publish: 'sync' }))
      return (
        <Tab>
          <Shown completion={completion} />
        </Tab>
      )
    }
    const { container } = render(<App />)
    await step(() => owned.current.start('a'))
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('One'))
    })
    await hide()
    expect(requests[0]!.closedByClient).toBe(false)
    await step(() => requests[0]!.send(textChunk(' two')))

    // The layout effects of a component that is shown again belong to the commit that shows it.
    act(() => {
      flushSync(showNow)
    })
    expect(container.textContent).toBe('streaming: One two (7)')
    await step(() => requests[0]!.send(bodyOf(textChunk(' three'), finishChunk(), doneMarker)))
    expect(container.textContent).toBe('complete: One two three (13)')
  })

  test('a completion of a registry keeps running', async () => {
    const { fetch, requests } = createControlledFetch()
    const answers = createCompletionRegistry()
    const options = { url: '/', fetch, publish: 'sync' } as const
    function Shown() {
      const completion = answers.get<string>('a', options)
      return <p>{useStreamingCompletion({ completion }).text}</p>
    }
    const { container } = render(
      <Tab>
        <Shown />
      </Tab>,
    )
    await hide()
    // The registry belongs to no component, so it may also start while a component is hidden.
    await step(() => answers.get<string>('a', options).start('Hi'))
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(answer('Hello'))
    })
    await show()
    expect(container.textContent).toBe('Hello')
  })

  test('a run with a stored checkpoint resumes when it is shown again', async () => {
    const { fetch, requests } = createControlledFetch()
    sessionStorage.clear()
    const start = latest<(input: string) => unknown>()
    const texts: string[] = []
    function Answer() {
      const completion = useStreamingCompletion<string>({
        url: '/api/responses',
        fetch,
        publish: 'sync',
        resume: resumable({
          url: ({ responseId }) => `/api/responses/${responseId}`,
          store: checkpointStore('answer'),
        }),
      })
      start.note(completion.start)
      texts.push(completion.text)
      return (
        <p>
          {completion.status}: {completion.text}
        </p>
      )
    }
    const { container } = render(
      <Tab>
        <Answer />
      </Tab>,
    )
    await step(() => start.current('Hi'))
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(responseBody(events, 0, 4))
    })
    expect(container.textContent).toBe('streaming: Hello, ')
    await hide()
    expect(requests[0]!.closedByClient).toBe(true)
    texts.length = 0

    await show()
    expect(requests.map(({ url }) => url)).toEqual(['/api/responses', '/api/responses/resp_1'])
    expect(container.textContent).toBe('connecting: Hello, ')
    await step(() => {
      requests[1]!.respond()
      requests[1]!.send(responseBody(events, 0))
    })
    expect(container.textContent).toBe(`complete: ${resumedText}`)
    // The existing text stays until the replay has content.
    expect(texts).not.toContain('')

    await hide()
    await show()
    expect(requests).toHaveLength(2)
  })

  test('an object keeps the part received so far', async () => {
    const { fetch, requests } = createControlledFetch()
    const schema = z.object({ name: z.string(), age: z.number() })
    const start = latest<(input: string) => unknown>()
    function Answer() {
      const recipe = useStreamingObject({ url: '/', fetch, schema, publish: 'sync' })
      start.note(recipe.start)
      return (
        <p>
          {recipe.status}: {JSON.stringify(recipe.object)}
        </p>
      )
    }
    const { container } = render(
      <Tab>
        <Answer />
      </Tab>,
    )
    await step(() => start.current('a'))
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('{"name":"Ann","age":3'))
    })
    await hide()
    await show()
    expect(container.textContent).toBe('aborted: {"name":"Ann"}')
    await step(() => start.current('b'))
    await step(() => {
      requests[1]!.respond()
      requests[1]!.send(answer('{"name":"Bob","age":4}'))
    })
    expect(container.textContent).toBe('complete: {"name":"Bob","age":4}')
  })
})
