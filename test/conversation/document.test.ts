import { describe, expect, test, vi } from 'vitest'
import { createConversation, defineTools, responsesConversation } from '../../src/conversation.ts'
import { completionStream } from '../../src/testing.ts'
import { answersOf, begin, bodyOf, outline, rest, startTalk } from './support/start-talk.ts'

const saved = (conversation: object) => JSON.stringify(conversation)

test('loading restores the displayed state and everything that the next request needs', async () => {
  const tools = defineTools({ time: { run: () => 'noon' } })
  const first = startTalk({ tools })
  first.conversation.send({ text: 'Time?', files: [{ url: 'data:,' }] })
  await first.answer({
    reasoning: 'Hm',
    toolCalls: [{ id: 'c1', name: 'time', arguments: {} }],
    usage: { inputTokens: 1, outputTokens: 2 },
  })
  await first.answer({ text: 'Noon.' })
  first.conversation.regenerate()
  await first.answer({ refusal: 'I cannot.' })
  first.conversation.send('Next')
  ;(await first.nextRequest()).fail(new TypeError('gone'))
  await rest()
  first.conversation.select(answersOf(first.conversation)[1]!.branches[0]!)

  const second = startTalk({ tools, initial: saved(first.conversation) })
  const loaded = second.conversation.getState()
  expect(loaded).toEqual(first.conversation.getState())
  expect(JSON.parse(saved(second.conversation))).toEqual(JSON.parse(saved(first.conversation)))
  // The calls have their parsed input again.
  expect(answersOf(second.conversation)[0]!.toolCalls[0]!.input).toEqual({})
  second.conversation.send('Again')
  first.conversation.send('Again')
  await rest()
  expect(bodyOf(second.requests.at(-1)!)).toEqual(bodyOf(first.requests.at(-1)!))
  // The hidden branch still has the turns after it.
  second.conversation.select(answersOf(second.conversation)[1]!.branches[1]!)
  expect(outline(second.conversation).slice(-2)).toEqual(['user: Next', 'error: '])
})

test('an error keeps its kind and its message', async () => {
  const { conversation, nextRequest } = startTalk()
  conversation.send('a')
  const request = await nextRequest()
  request.respond({ status: 429, headers: { 'retry-after': '7' } })
  request.send('{"error":{"message":"Slow down","code":"rate_limit"}}')
  request.end()
  await rest()
  const before = answersOf(conversation)[0]!.error!
  const { conversation: loaded } = startTalk({ initial: saved(conversation) })
  const { error } = answersOf(loaded)[0]!
  expect(error).toBeInstanceOf(Error)
  expect(Object.assign({}, error)).toEqual(Object.assign({}, before))
  expect(error!.message).toBe(before.message)
})

test('saved in mid-answer: it is loaded as aborted, and its text is sent', async () => {
  const { conversation, nextRequest } = startTalk()
  conversation.send('a')
  begin(await nextRequest(), 'Half')
  await rest()
  const second = startTalk({ initial: saved(conversation) })
  expect(second.conversation.getState()).toMatchObject({ status: 'aborted', isBusy: false })
  expect(answersOf(second.conversation)).toMatchObject([
    { status: 'aborted', abortReason: 'reload', text: 'Half', error: undefined },
  ])
  second.conversation.send('b')
  expect(bodyOf(await second.nextRequest()).input).toEqual([
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'Half' },
    { role: 'user', content: 'b' },
  ])
})

test('saved in mid-answer: no item is still in progress, as in a stopped answer', async () => {
  const first = startTalk()
  first.conversation.send('a')
  const request = await first.nextRequest()
  request.respond()
  const { steps } = completionStream({
    reasoning: 'Hm',
    text: 'A',
    toolCalls: [{ id: 'c1', name: 'time', arguments: { zone: 'UTC' } }],
  })
  for (const step of steps) {
    const initial = saved(first.conversation)
    const live = startTalk({ initial: saved(first.conversation) })
    const [loaded] = answersOf(live.conversation)
    expect(loaded!.output.filter(({ status }) => status === 'in_progress')).toEqual([])
    expect(loaded!.toolCalls.filter(({ status }) => status !== 'incomplete')).toEqual([])
    expect(saved(startTalk({ initial }).conversation)).toBe(saved(live.conversation))
    request.send(step.send)
    await rest()
    if (answersOf(first.conversation)[0]!.status === 'complete') break
  }
  expect(answersOf(first.conversation)[0]!.toolCalls).toMatchObject([{ status: 'completed' }])
})

test('saved while an answer waits for its next attempt: nextAttemptAt is undefined after loading', async () => {
  const first = startTalk({ retry: 3 })
  first.conversation.send('a')
  ;(await first.nextRequest()).fail()
  await rest()
  expect(answersOf(first.conversation)[0]!.nextAttemptAt).toEqual(expect.any(Number))
  const second = startTalk({ initial: saved(first.conversation) })
  expect(answersOf(second.conversation)).toMatchObject([
    { status: 'aborted', abortReason: 'reload', nextAttemptAt: undefined },
  ])
})

test('saved while a tool runs: the tool does not run again, and its call has an output', async () => {
  const run = vi.fn(() => new Promise(() => undefined))
  const tools = defineTools({ time: { run } })
  const first = startTalk({ tools })
  first.conversation.send('Time?')
  await first.answer({ toolCalls: [{ id: 'c1', name: 'time', arguments: {} }] })
  const second = startTalk({ tools, initial: saved(first.conversation) })
  await rest()
  expect(run).toHaveBeenCalledTimes(1)
  expect(second.requests).toHaveLength(0)
  second.conversation.send('Well?')
  expect(bodyOf(await second.nextRequest()).input).toMatchObject([
    {},
    { type: 'function_call' },
    { type: 'function_call_output', output: 'Stopped by the user.' },
    { content: 'Well?' },
  ])
  expect(run).toHaveBeenCalledTimes(1)
})

test('saved while a call waits for approval: it can still be approved and then runs for the first time', async () => {
  const run = vi.fn(() => 'sent')
  const tools = defineTools({ mail: { run, approve: true } })
  const first = startTalk({ tools })
  first.conversation.send('Mail')
  await first.answer({ toolCalls: [{ id: 'c1', name: 'mail', arguments: {} }] })
  const second = startTalk({ tools, initial: saved(first.conversation) })
  await rest()
  expect(run).not.toHaveBeenCalled()
  expect(second.conversation.getState()).toMatchObject({ status: 'approval' })
  second.conversation.approve('c1')
  await rest()
  expect(run).toHaveBeenCalledTimes(1)
  expect(second.requests).toHaveLength(1)
})

test('the queue is loaded, and waits', async () => {
  const first = startTalk({ whenBusy: 'queue' })
  first.conversation.send('a')
  first.conversation.send('b')
  const second = startTalk({ whenBusy: 'queue', initial: saved(first.conversation) })
  await rest()
  expect(second.requests).toHaveLength(0)
  expect(second.conversation.getState().queue).toMatchObject([{ input: 'b' }])
})

test('later questions do not modify a loaded turn, and ids do not collide', async () => {
  const first = startTalk()
  first.conversation.send('a')
  await first.answer({ text: 'A' })
  const initial = saved(first.conversation)
  const mounts = [startTalk({ initial }), startTalk({ initial })]
  const ids = new Set<string>()
  for (const { conversation, answer } of mounts) {
    const before = conversation.getState().turns
    conversation.send('b')
    await answer({ text: 'B' })
    const { turns } = conversation.getState()
    expect(turns.slice(0, 2)).toEqual(before)
    expect(turns[0]).toBe(before[0])
    for (const { id } of turns) ids.add(id)
  }
  expect(ids.size).toBe(6)
})

describe('an invalid document', () => {
  const load = (initial: unknown) => () =>
    createConversation({ url: '/', api: responsesConversation, initial: initial as string })
  const head = { schema: 'use-streaming-completion/conversation', version: 1, queue: [] }

  test.each([
    ['text that is not JSON', '{', /JSON/],
    ['something else', { messages: [] }, / schema is invalid/],
    ['a list', [], / schema is invalid/],
    ['a later version', { ...head, version: 2, turns: [] }, / version is invalid/],
    ['no turns', head, / turns is invalid/],
    ['a turn without an id', { ...head, turns: [{ role: 'user' }] }, /turns\[0\]\.id is invalid/],
    [
      'a turn with a missing parent',
      { ...head, turns: [{ id: 'a', parent: 'b', role: 'user' }] },
      /turns\[0\]\.parent is invalid/,
    ],
    [
      'another role',
      { ...head, turns: [{ id: 'a', role: 'robot' }] },
      /turns\[0\]\.role is invalid/,
    ],
    [
      'an answer without an output',
      { ...head, turns: [{ id: 'a', role: 'assistant', status: 'complete' }] },
      /turns\[0\]\.output is invalid/,
    ],
    [
      'a failed answer without its error',
      {
        ...head,
        turns: [{ id: 'a', role: 'assistant', status: 'error', output: [], results: [] }],
      },
      /turns\[0\]\.error is invalid/,
    ],
    [
      'an answer with an invalid output',
      {
        ...head,
        turns: [
          {
            id: 'a',
            role: 'assistant',
            status: 'complete',
            results: [],
            output: [{ type: 'message' }],
          },
        ],
      },
      /it was left unchanged/i,
    ],
  ])('%s is an error that names the problem', (_, document, message) => {
    expect(load(document)).toThrow(TypeError)
    expect(load(document)).toThrow(message)
    expect(load(document)).toThrow(/left unchanged/)
  })

  test.each([undefined, null])('%s is an empty conversation', (initial) => {
    expect(load(initial)().getState().turns).toEqual([])
  })
})
