import { render } from '@testing-library/react'
import { beforeEach, describe, expect, inject, test, vi } from 'vitest'
import {
  chatConversation,
  createConversation,
  defineTools,
  useConversation,
  type UserInput,
  type UseConversationResult,
} from '../../src/conversation.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, doneMarker, textChunk } from '../client/support/chat.ts'
import '../support/mute-advice.ts'
import { hide, show, Tab } from './support/activity-tab.tsx'
import { latest } from './support/latest.ts'
import { step } from './support/step.ts'

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
})

// React 18 has no Activity.
describe.skipIf(inject('reactMajor') < 19)('in an Activity, a conversation', () => {
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

  test('stops, keeps its turns, sends nothing while it is hidden, and then continues', async () => {
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

  test('of createConversation keeps running', async () => {
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
