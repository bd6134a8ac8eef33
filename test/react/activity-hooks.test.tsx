import { act, render } from '@testing-library/react'
import { Activity, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { z } from 'zod'
import {
  chatConversation,
  createConversation,
  defineTools,
  useConversation,
  type UserInput,
  type UseConversationResult,
} from '../../src/conversation.ts'
import {
  checkpointStore,
  createCompletionRegistry,
  resumable,
  useCompletion,
  useCompletionAnnouncer,
  useCompletionState,
  useSmoothText,
  useStreamingCompletion,
  useStreamingObject,
  useTextBlocks,
  type Completion,
} from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from '../client/support/chat.ts'
import { responseBody } from '../client/support/responses-stream.ts'
import { events, text as resumedText } from '../client/support/resuming.ts'
import { callbacksOfOneFrame, stubFrames } from '../client/support/stub-frames.ts'
import '../support/mute-advice.ts'
import { latest } from './support/latest.ts'
import { step } from './support/step.ts'

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
})

const hidden = latest<(isHidden: boolean) => void>()

/** A tab of an app, which the test hides and shows. */
function Tab({ children }: { children: ReactNode }) {
  const [isHidden, setHidden] = useState(false)
  hidden.note(setHidden)
  return <Activity mode={isHidden ? 'hidden' : 'visible'}>{children}</Activity>
}

const hide = () => step(() => hidden.current(true))
const show = () => step(() => hidden.current(false))

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

    // The layout effects of what is shown again belong to the commit that shows it.
    act(() => {
      flushSync(() => hidden.current(false))
    })
    expect(container.textContent).toBe('streaming: One two (7)')
    await step(() => requests[0]!.send(bodyOf(textChunk(' three'), finishChunk(), doneMarker)))
    expect(container.textContent).toBe('complete: One two three (13)')
  })

  test('a completion of a registry goes on', async () => {
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
    // As the registry belongs to no component, it may start while its component is hidden, too.
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
    // The text that was there stays until the first of it comes again.
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

  describe('a conversation', () => {
    function renderChat() {
      const { fetch, requests } = createControlledFetch()
      const chat = latest<UseConversationResult<UserInput>>()
      const run = vi.fn(() => 'sent')
      const tools = defineTools({ mail: { run, approve: true } })
      const options = { url: '/', fetch, api: chatConversation, tools, publish: 'sync' } as const
      function Chat() {
        const { turns } = chat.note(useConversation(options))
        return turns.map(({ id, role, text }) => (
          <p key={id}>
            {role}: {text}
          </p>
        ))
      }
      const { container } = render(
        <Tab>
          <Chat />
        </Tab>,
      )
      return {
        requests,
        run,
        chat: () => chat.current,
        shown: () => container.textContent,
        options,
      }
    }

    test('stops, keeps its turns, sends nothing while it is hidden, and then goes on', async () => {
      const { requests, chat, shown } = renderChat()
      await step(() => chat().send('Hi'))
      await step(() => {
        requests[0]!.respond()
        requests[0]!.send(textChunk('Half'))
      })
      await hide()
      expect(requests[0]!.closedByClient).toBe(true)
      await step(() => chat().send('More'))
      await step(() => chat().regenerate())
      expect(requests).toHaveLength(1)

      await show()
      expect(shown()).toBe('user: Hiassistant: Half')
      expect(chat().turns[1]).toMatchObject({ status: 'aborted', abortReason: 'unmount' })
      await step(() => chat().regenerate())
      expect(requests).toHaveLength(2)
      await step(() => {
        requests[1]!.respond()
        requests[1]!.send(answer('Whole'))
      })
      expect(shown()).toBe('user: Hiassistant: Whole')
    })

    test('that waits for an approval still waits when it is shown again', async () => {
      const { requests, chat, run } = renderChat()
      await step(() => chat().send('Mail Ann'))
      await step(() => {
        const call = { index: 0, id: 'call_1', function: { name: 'mail', arguments: '{}' } }
        requests[0]!.respond()
        requests[0]!.send({
          choices: [{ index: 0, delta: { tool_calls: [call] }, finish_reason: 'tool_calls' }],
        })
        requests[0]!.send(doneMarker)
      })
      expect(chat()).toMatchObject({ status: 'approval', approvals: [{ id: 'call_1' }] })
      await hide()
      await show()
      expect(chat()).toMatchObject({ status: 'approval', approvals: [{ id: 'call_1' }] })
      await step(() => chat().approve('call_1'))
      expect(run).toHaveBeenCalledTimes(1)
      expect(requests).toHaveLength(2)
    })

    test('of createConversation goes on', async () => {
      const { requests, options } = renderChat()
      const conversation = createConversation(options)
      function Shared() {
        return useConversation({ conversation }).turns.map(({ id, text }) => <p key={id}>{text}</p>)
      }
      const { container } = render(
        <Tab>
          <Shared />
        </Tab>,
      )
      await step(() => conversation.send('Hi'))
      await hide()
      expect(requests[0]!.closedByClient).toBe(false)
      await step(() => {
        requests[0]!.respond()
        requests[0]!.send(answer('Hello'))
      })
      await step(() => conversation.send('And?'))
      await show()
      expect(container.textContent).toBe('HiHelloAnd?')
    })
  })

  test('smooth text stops its frames, catches up when it is shown, and then stops again', async () => {
    const frames = stubFrames()
    const setText = latest<(text: string) => void>()
    function Smooth({ text }: { text: string }) {
      return <p>{useSmoothText(text, { ended: true }).text}</p>
    }
    function App() {
      const [text, set] = useState('')
      setText.note(set)
      return (
        <Tab>
          <Smooth text={text} />
        </Tab>
      )
    }
    const { container } = render(<App />)
    await step(() => setText.current('One'))
    expect(frames.waiting).toBe(callbacksOfOneFrame)
    await hide()
    expect(frames.waiting).toBe(0)
    await step(() => setText.current('One two three'))
    expect(frames.waiting).toBe(0)

    await show()
    expect(frames.waiting).toBe(callbacksOfOneFrame)
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 300)
    act(() => frames.draw())
    expect(container.textContent).toBe('One two three')
    expect(frames.waiting).toBe(0)
    vi.restoreAllMocks()
  })

  test('text blocks go on with the blocks that they had', async () => {
    const blocks: (readonly object[])[] = []
    const setText = latest<(text: string) => void>()
    function Blocks({ text }: { text: string }) {
      blocks.push(useTextBlocks(text))
      return null
    }
    function App() {
      const [text, set] = useState('One\n\nTwo\n\nThr')
      setText.note(set)
      return (
        <Tab>
          <Blocks text={text} />
        </Tab>
      )
    }
    render(<App />)
    await hide()
    await step(() => setText.current('One\n\nTwo\n\nThree\n\nFour'))
    await show()
    const [before, after] = [blocks[0]!, blocks.at(-1)!]
    expect(after).toHaveLength(4)
    expect(after[0]).toBe(before[0])
  })

  test('the announcer is silent while it is hidden, and then announces the outcome once', async () => {
    const { fetch, requests } = createControlledFetch()
    const owned = latest<Completion<string>>()
    const heard: string[] = []
    function Announced({ completion }: { completion: Completion<string> }) {
      const { polite } = useCompletionAnnouncer(useStreamingCompletion({ completion }))
      if (polite !== '' && polite !== heard.at(-1)) heard.push(polite)
      return <p role="status">{polite}</p>
    }
    function App() {
      const completion = owned.note(useCompletion<string>({ url: '/', fetch, publish: 'sync' }))
      return (
        <Tab>
          <Announced completion={completion} />
        </Tab>
      )
    }
    render(<App />)
    await step(() => owned.current.start('a'))
    expect(heard).toEqual(['Generating an answer.'])
    await hide()
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(answer('Hello'))
    })
    expect(heard).toEqual(['Generating an answer.'])
    await show()
    await hide()
    await show()
    expect(heard).toEqual(['Generating an answer.', 'The answer is complete.'])
  })
})
