import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineTools } from '../../src/conversation.ts'
import { answersOf, begin, bodyOf, outline, reply, rest, startTalk } from './support/start-talk.ts'

async function talkOfTwo() {
  const talk = startTalk()
  talk.conversation.send('a')
  await talk.answer({ text: 'A' })
  talk.conversation.send('b')
  await talk.answer({ text: 'B' })
  return talk
}

test('regenerate answers the last question again and keeps the previous answer as a branch', async () => {
  const { conversation, answer, requests } = await talkOfTwo()
  const before = answersOf(conversation)[1]!
  conversation.regenerate()
  await answer({ text: 'B2' })
  expect(bodyOf(requests[2]!).input).toEqual(bodyOf(requests[1]!).input)
  expect(outline(conversation)).toEqual(['user: a', 'complete: A', 'user: b', 'complete: B2'])
  const { branches, id } = answersOf(conversation)[1]!
  expect(branches).toEqual([before.id, id])
})

test('select shows a branch with the turns after it', async () => {
  const { conversation, answer } = await talkOfTwo()
  const [first] = answersOf(conversation)
  conversation.regenerate(first)
  await answer({ text: 'A2' })
  expect(outline(conversation)).toEqual(['user: a', 'complete: A2'])
  conversation.select(answersOf(conversation)[0]!.branches[0]!)
  expect(outline(conversation)).toEqual(['user: a', 'complete: A', 'user: b', 'complete: B'])
  conversation.select('nothing')
  expect(conversation.getState().turns).toHaveLength(4)
})

test('edit replaces a question', async () => {
  const { conversation, answer, requests } = await talkOfTwo()
  const [, , question] = conversation.getState().turns
  if (question?.role !== 'user') throw new Error('no question')
  conversation.edit(question, 'c')
  await answer({ text: 'C' })
  expect(bodyOf(requests[2]!).input.at(-1)).toEqual({ role: 'user', content: 'c' })
  expect(outline(conversation)).toEqual(['user: a', 'complete: A', 'user: c', 'complete: C'])
  conversation.select(question)
  expect(outline(conversation)).toEqual(['user: a', 'complete: A', 'user: b', 'complete: B'])
})

test('edit of the first question starts the conversation again', async () => {
  const { conversation, requests } = await talkOfTwo()
  conversation.edit(conversation.getState().turns[0]!.id, 'z')
  await rest()
  expect(bodyOf(requests[2]!).input).toEqual([{ role: 'user', content: 'z' }])
})

test('edit of an answer or of a missing turn does nothing', async () => {
  const { conversation } = await talkOfTwo()
  const before = conversation.getState()
  conversation.edit(answersOf(conversation)[0]!.id, 'z')
  conversation.edit('nothing', 'z')
  conversation.regenerate('nothing')
  expect(conversation.getState()).toBe(before)
})

test('regenerate in mid-answer closes the connection, shows one answer and keeps one branch', async () => {
  const { conversation, nextRequest, requests } = startTalk()
  conversation.send('a')
  begin(await nextRequest(), 'Half')
  await rest()
  conversation.regenerate()
  expect(requests[0]!.closedByClient).toBe(true)
  reply(await nextRequest(), { text: 'Whole' })
  await rest()
  expect(requests).toHaveLength(2)
  expect(outline(conversation)).toEqual(['user: a', 'complete: Whole'])
  const [turn] = answersOf(conversation)
  conversation.select(turn!.branches[0]!)
  expect(answersOf(conversation)).toMatchObject([
    { status: 'aborted', text: 'Half', abortReason: 'superseded' },
  ])
})

test('regenerate after tools repeats the last request, and runs no tool again', async () => {
  let runs = 0
  const { conversation, answer, nextRequest, requests } = startTalk({
    tools: defineTools({ time: { schema: z.object({}), run: () => `noon ${++runs}` } }),
  })
  conversation.send('Time?')
  await answer({ toolCalls: [{ id: 'call_1', name: 'time', arguments: {} }] })
  ;(await nextRequest()).fail()
  await rest()
  expect(conversation.getState().status).toBe('error')
  conversation.regenerate()
  await answer({ text: 'Noon.' })
  expect(runs).toBe(1)
  expect(bodyOf(requests[2]!)).toEqual(bodyOf(requests[1]!))
  // The question is answered again from the start.
  conversation.regenerate(conversation.getState().turns[0])
  await answer({ toolCalls: [{ id: 'call_2', name: 'time', arguments: {} }] })
  expect(runs).toBe(2)
})

test('an event instead of a turn is ignored', async () => {
  const { conversation, requests } = await talkOfTwo()
  conversation.regenerate({ type: 'click', nativeEvent: {} } as never)
  await rest()
  expect(requests).toHaveLength(3)
})

test('select in mid-answer stops nothing', async () => {
  const { conversation, nextRequest } = await talkOfTwo()
  conversation.regenerate()
  begin(await nextRequest(), 'Half')
  await rest()
  const [, streaming] = answersOf(conversation)
  conversation.select(streaming!.branches[0]!)
  expect(outline(conversation).at(-1)).toBe('complete: B')
  expect(conversation.getState()).toMatchObject({ isBusy: true, status: 'streaming' })
  conversation.stop()
  conversation.select(streaming!)
  expect(outline(conversation).at(-1)).toBe('aborted: Half')
})

test('remove deletes a turn with the turns after it, and shows another version', async () => {
  const { conversation, answer } = await talkOfTwo()
  conversation.regenerate()
  await answer({ text: 'B2' })
  conversation.remove(answersOf(conversation)[1]!)
  expect(outline(conversation)).toEqual(['user: a', 'complete: A', 'user: b', 'complete: B'])
  conversation.remove(answersOf(conversation)[0]!)
  expect(outline(conversation)).toEqual(['user: a'])
})

test('remove and clear end the running answer', async () => {
  const { conversation, nextRequest } = await talkOfTwo()
  conversation.regenerate()
  const request = await nextRequest()
  begin(request, 'Half')
  await rest()
  conversation.remove(conversation.getState().turns[2]!)
  expect(request.closedByClient).toBe(true)
  expect(conversation.getState()).toMatchObject({ isBusy: false, status: 'complete' })
  conversation.clear()
  expect(conversation.getState()).toMatchObject({ turns: [], status: 'idle' })
})

test('an unchanged turn keeps its identity', async () => {
  const { conversation, nextRequest } = await talkOfTwo()
  const before = conversation.getState().turns
  conversation.send('c')
  begin(await nextRequest(), 'Half')
  await rest()
  const after = conversation.getState().turns
  before.forEach((turn, index) => expect(after[index]).toBe(turn))
})
