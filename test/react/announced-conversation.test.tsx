import { act, render } from '@testing-library/react'
import { useLayoutEffect } from 'react'
import { expect, test } from 'vitest'
import { useConversation, defineTools, type Conversation } from '../../src/conversation.ts'
import { useCompletionAnnouncer, type UseCompletionAnnouncerOptions } from '../../src/index.ts'
import type { ScriptedCompletion } from '../../src/testing/completion-script.ts'
import { bodyOf, rest, startTalk } from '../conversation/support/start-talk.ts'
import { failOnReactWarnings } from './support/react-checks.ts'

failOnReactWarnings()

const generating = 'Generating an answer.'
const complete = 'The answer is complete.'

const tools = defineTools({
  quick: { run: () => 'done' },
  endless: { run: () => new Promise(() => undefined) },
  guarded: { run: () => 'done', approve: true },
})

/** A page that announces the last answer of a conversation, with a record of its live regions. */
function announced(
  options: Parameters<typeof startTalk>[0] = {},
  announcerOptions?: UseCompletionAnnouncerOptions,
) {
  const talk = startTalk({ tools, ...options })
  const heard: string[] = []

  function Page({ conversation }: { conversation: Conversation }) {
    const last = useConversation({ conversation }).turns.at(-1)
    const answer = last?.role === 'assistant' ? last : undefined
    const { polite, assertive } = useCompletionAnnouncer(answer, announcerOptions)
    useLayoutEffect(() => {
      if (polite) heard.push(polite)
    }, [polite])
    useLayoutEffect(() => {
      if (assertive) heard.push(`! ${assertive}`)
    }, [assertive])
    return null
  }

  render(<Page conversation={talk.conversation as Conversation} />)
  const run = (action: () => unknown) =>
    act(async () => {
      action()
      await rest()
    })
  return {
    ...talk,
    heard,
    run,
    send: (text: string) => run(() => talk.conversation.send(text)),
    answer: (completion: ScriptedCompletion) => act(() => talk.answer(completion)),
  }
}

const call = (name: string) => ({ toolCalls: [{ id: `call_${name}`, name, arguments: {} }] })

test('the first answer is announced like every other one', async () => {
  const { heard, send, answer } = announced()
  await send('Hi')
  await answer({ text: 'Hello' })
  await send('And?')
  await answer({ text: 'Bye' })
  expect(heard).toEqual([generating, complete, generating, complete])
})

test('an answer is not complete while its tools run', async () => {
  const { heard, send, answer, requests, run, conversation } = announced()
  await send('Hi')
  await answer(call('endless'))
  expect(heard).toEqual([generating])
  await run(() => conversation.stop())
  expect(heard).toEqual([generating, 'Stopped.'])
  await send('Hi')
  await answer(call('quick'))
  await answer({ text: 'Done' })
  expect(bodyOf(requests.at(-1)!).input.at(-1)).toMatchObject({ output: 'done' })
  expect(heard.slice(2)).toEqual([generating, complete])
})

test('a call that waits for approval is announced with the given message', async () => {
  const approval = 'Bitte bestätigen.'
  const { heard, send, answer, run, conversation } = announced({}, { messages: { approval } })
  await send('Hi')
  await answer(call('guarded'))
  expect(heard).toEqual([generating, approval])
  await run(() => conversation.approve(conversation.getState().approvals[0]!))
  await answer({ text: 'Done' })
  expect(heard.slice(2)).toEqual([generating, complete])
})

test('a call that waits for approval is announced without any options', async () => {
  const { heard, send, answer } = announced()
  await send('Hi')
  await answer(call('guarded'))
  expect(heard).toEqual([generating, 'Your approval is needed.'])
})

test('the last answer is complete when no more steps are allowed', async () => {
  const { heard, send, answer } = announced({ maxSteps: 1 })
  await send('Hi')
  await answer(call('quick'))
  expect(heard).toEqual([generating, complete])
})

test('an earlier answer that is shown again is not announced', async () => {
  const { heard, send, answer, nextRequest, run, conversation } = announced()
  await send('Hi')
  await nextRequest()
  await run(() => conversation.stop())
  const [question] = conversation.getState().turns
  await run(() => conversation.edit(question!, 'Hello'))
  await answer({ text: 'Hello' })
  expect(heard).toEqual([generating, 'Stopped.', generating, complete])
  await run(() => conversation.select(question!))
  expect(conversation.getState().status).toBe('aborted')
  await send('And?')
  await answer({ text: 'Bye' })
  await run(() => conversation.remove(conversation.getState().turns.at(-2)!))
  expect(conversation.getState().status).toBe('aborted')
  expect(heard.slice(4)).toEqual([generating, complete])
})

test("an answer loaded from an earlier page, with that page's clock, is not announced", async () => {
  const talk = startTalk()
  talk.conversation.send('Hi')
  await talk.answer({ text: 'Hello' })
  talk.conversation.regenerate()
  await talk.answer({ text: 'Hello again' })
  const document = JSON.parse(JSON.stringify(talk.conversation)) as {
    turns: { timing?: { startedAt: number } }[]
  }
  for (const { timing } of document.turns) if (timing) timing.startedAt += 3_600_000
  const { heard, run, conversation } = announced({ initial: document as never })
  await run(() => conversation.select(conversation.getState().turns[1]!.branches[0]!))
  expect(conversation.getState().turns[1]!.text).toBe('Hello')
  expect(heard).toEqual([])
})

test('an answer that fails before anything is sent is announced', async () => {
  const api = () => {
    throw new Error('No model is chosen.')
  }
  const { heard, send } = announced({ api })
  await send('Hi')
  expect(heard.at(-1)).toMatch(/^! .*No model is chosen/)
})
