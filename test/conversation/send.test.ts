import { describe, expect, test, vi } from 'vitest'
import { createControlledFetch } from '../../src/testing.ts'
import {
  answersOf,
  begin,
  bodyOf,
  outline,
  reply,
  rest,
  startTalk,
  type Talk,
} from './support/start-talk.ts'

test('the question and a connecting answer are shown as soon as send returns', () => {
  const { conversation } = startTalk()
  conversation.send('Hi')
  expect(outline(conversation)).toEqual(['user: Hi', 'connecting: '])
  expect(conversation.getState()).toMatchObject({ status: 'connecting', isBusy: true })
})

test('an answer is the state of a completion, with its own status, usage and timing', async () => {
  const { conversation, answer } = startTalk()
  conversation.send('Hi')
  await answer({ text: 'Hello', usage: { inputTokens: 3, outputTokens: 2 } })
  const [turn] = answersOf(conversation)
  expect(turn).toMatchObject({
    role: 'assistant',
    status: 'complete',
    text: 'Hello',
    finishReason: 'stop',
    usage: { inputTokens: 3, outputTokens: 2 },
    results: [],
  })
  expect(turn!.timing.settledAt).toBeGreaterThan(0)
  expect(conversation.getState()).toMatchObject({ status: 'complete', isBusy: false })
})

test('the request has the instructions and all turns before the question', async () => {
  const { conversation, answer, nextRequest } = startTalk({ instructions: 'Be kind.' })
  conversation.send('Hi')
  await answer({ text: 'Hello' })
  conversation.send('Who are you?')
  expect(bodyOf(await nextRequest())).toMatchObject({
    instructions: 'Be kind.',
    stream: true,
    input: [
      { role: 'user', content: 'Hi' },
      { type: 'message', role: 'assistant', content: [{ text: 'Hello' }] },
      { role: 'user', content: 'Who are you?' },
    ],
  })
})

test('a state is published once when a question is sent, and then as the answer arrives', async () => {
  const { conversation, nextRequest } = startTalk()
  const listener = vi.fn()
  conversation.subscribe(listener)
  conversation.send('Hi')
  expect(listener).toHaveBeenCalledTimes(1)
  begin(await nextRequest(), 'Hel')
  await rest()
  expect(outline(conversation)).toEqual(['user: Hi', 'streaming: Hel'])
})

describe('two sends in one tick', () => {
  test('the second supersedes the first, which sends nothing', async () => {
    const { conversation, requests } = startTalk()
    conversation.send('a')
    conversation.send('b')
    await rest()
    expect(requests).toHaveLength(1)
    expect(outline(conversation)).toEqual(['user: a', 'aborted: ', 'user: b', 'connecting: '])
    expect(answersOf(conversation)[0]).toMatchObject({ abortReason: 'superseded' })
    expect(bodyOf(requests[0]!).input).toEqual([
      { role: 'user', content: 'a' },
      { role: 'user', content: 'b' },
    ])
  })

  test('the second waits in the queue until the first is answered', async () => {
    const { conversation, answer, requests } = startTalk({ whenBusy: 'queue' })
    conversation.send('a')
    conversation.send('b')
    await rest()
    expect(requests).toHaveLength(1)
    expect(conversation.getState().queue).toMatchObject([{ input: 'b' }])
    await answer({ text: 'A' })
    expect(requests).toHaveLength(2)
    expect(outline(conversation)).toEqual(['user: a', 'complete: A', 'user: b', 'connecting: '])
    expect(conversation.getState().queue).toEqual([])
  })

  test('the second is dropped', async () => {
    const { conversation, requests } = startTalk({ whenBusy: 'drop' })
    conversation.send('a')
    conversation.send('b')
    await rest()
    expect(requests).toHaveLength(1)
    expect(outline(conversation)).toEqual(['user: a', 'connecting: '])
  })
})

test('a send ends the running answer and keeps its text', async () => {
  const { conversation, nextRequest } = startTalk()
  conversation.send('a')
  const first = await nextRequest()
  begin(first, 'Half an ans')
  await rest()
  conversation.send('b')
  expect(first.closedByClient).toBe(true)
  expect(bodyOf(await nextRequest()).input).toEqual([
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'Half an ans' },
    { role: 'user', content: 'b' },
  ])
})

describe('the queue', () => {
  test('is kept after stop, and continues after the next send', async () => {
    const { conversation, answer, requests } = startTalk({ whenBusy: 'queue' })
    conversation.send('a')
    conversation.send('b')
    conversation.stop()
    await rest()
    expect(requests).toHaveLength(0)
    expect(conversation.getState().queue).toMatchObject([{ input: 'b' }])
    conversation.send('c')
    await answer({ text: 'B' })
    await answer({ text: 'C' })
    expect(outline(conversation)).toEqual([
      'user: a',
      'aborted: ',
      'user: b',
      'complete: B',
      'user: c',
      'complete: C',
    ])
  })

  test('is kept after a failed answer', async () => {
    const { conversation, nextRequest, requests } = startTalk({ whenBusy: 'queue' })
    conversation.send('a')
    conversation.send('b')
    ;(await nextRequest()).fail()
    await rest()
    expect(requests).toHaveLength(1)
    expect(conversation.getState()).toMatchObject({ status: 'error', queue: [{ input: 'b' }] })
  })

  test('removes an input by its id', () => {
    const { conversation } = startTalk({ whenBusy: 'queue' })
    conversation.send('a')
    conversation.send('b')
    const [waiting] = conversation.getState().queue
    conversation.remove(waiting!)
    expect(conversation.getState().queue).toEqual([])
    expect(outline(conversation)).toEqual(['user: a', 'connecting: '])
  })
})

describe('settled', () => {
  test('resolves when nothing is running or queued', async () => {
    const { conversation, answer } = startTalk({ whenBusy: 'queue' })
    conversation.send('a')
    conversation.send('b')
    const settled = conversation.settled()
    await answer({ text: 'A' })
    await answer({ text: 'B' })
    expect((await settled).turns).toHaveLength(4)
  })

  test('resolves immediately if nothing is running', async () => {
    const { conversation } = startTalk()
    expect(await conversation.settled()).toMatchObject({ status: 'idle', turns: [] })
  })
})

describe('callbacks', () => {
  test('are called once for each answer, after it is published', async () => {
    const seen: unknown[] = []
    const { conversation, answer, nextRequest }: Talk = startTalk({
      onFinish: (turn) => {
        seen.push(['finish', turn.status, conversation.getState().status])
      },
      onError: (error, turn) => {
        seen.push(['error', error.kind, turn.text])
      },
    })
    conversation.send('a')
    await answer({ text: 'A' })
    conversation.send('b')
    const request = await nextRequest()
    begin(request, 'Half')
    await rest()
    request.fail()
    await rest()
    conversation.send('c')
    conversation.stop()
    await rest()
    expect(seen).toEqual([
      ['finish', 'complete', 'complete'],
      ['error', 'network', 'Half'],
      ['finish', 'error', 'error'],
      ['finish', 'aborted', 'aborted'],
    ])
  })

  test('may send: the latest send runs', async () => {
    const { conversation, requests }: Talk = startTalk({
      onFinish: (turn) => {
        if (turn.abortReason === 'superseded' && conversation.getState().turns.length < 5) {
          conversation.send('from the callback')
        }
      },
    })
    conversation.send('a')
    conversation.send('b')
    await rest()
    expect(requests).toHaveLength(1)
    expect(outline(conversation)).toEqual([
      'user: a',
      'aborted: ',
      'user: b',
      'aborted: ',
      'user: from the callback',
      'connecting: ',
    ])
  })
})

test('an api that throws fails its turn, not the app', async () => {
  const { conversation } = startTalk({
    api: () => {
      throw new Error('no model chosen')
    },
  })
  conversation.send('Hi')
  const [turn] = answersOf(conversation)
  expect(turn).toMatchObject({ status: 'error' })
  expect(turn!.error!.message).toContain('no model chosen')
  expect(conversation.getState()).toMatchObject({ status: 'error', isBusy: false })
})

test('the options are read when they are used', async () => {
  const { conversation } = startTalk()
  const { fetch, nextRequest } = createControlledFetch()
  conversation.setOptions({
    url: '/new',
    api: ({ turns }) => ({ stream: true, input: [{ count: turns.length }] }),
    fetch,
  })
  conversation.send('Hi')
  const request = await nextRequest()
  expect(request.url).toBe('/new')
  expect(bodyOf(request).input).toEqual([{ count: 1 }])
  reply(request, { text: 'ok' })
})

test('stop does nothing if nothing is running', () => {
  const { conversation } = startTalk()
  const before = conversation.getState()
  conversation.stop()
  expect(conversation.getState()).toBe(before)
})
