import { expect, test } from 'vitest'
import { defineTools } from '../../src/conversation.ts'
import { resumable, type Checkpoint } from '../../src/core.ts'
import { answersOf, begin, outline, reply, rest, startTalk } from './support/start-talk.ts'

function resumeWithStore() {
  let kept: Checkpoint | undefined
  const store = {
    load: () => kept,
    save: (checkpoint: Checkpoint) => void (kept = checkpoint),
    clear: () => void (kept = undefined),
  }
  const url = ({ responseId }: Checkpoint) => `/api/${responseId}`
  return { resume: resumable({ url, store }), kept: () => kept }
}

/** A conversation that was reloaded in the middle of its answer. */
async function reloaded(options: Parameters<typeof startTalk>[0] = {}) {
  const { resume, kept } = resumeWithStore()
  const first = startTalk({ ...options, resume })
  first.conversation.send('Hi')
  begin(await first.nextRequest(), 'Half')
  await rest()
  const second = startTalk({ ...options, resume, initial: first.conversation.toJSON() })
  return { first, ...second, kept, resume }
}

test('an answer that was cut off by a reload continues in its turn, by GET', async () => {
  const { first, conversation, nextRequest, requests, kept } = await reloaded()
  const [before] = answersOf(conversation)
  expect(before).toMatchObject({ status: 'aborted', abortReason: 'reload', text: 'Half' })
  conversation.restore()
  conversation.restore()
  expect(conversation.getState()).toMatchObject({ status: 'streaming', isBusy: true })
  const request = await nextRequest()
  expect([request.url, request.init.method]).toEqual(['/api/resp_cut', 'GET'])
  begin(request, 'Ha')
  await rest()
  // The replay has not caught up with the displayed text.
  expect(outline(conversation)).toEqual(['user: Hi', 'streaming: Half'])
  request.fail(new TypeError('gone again'))
  conversation.stop()
  expect(outline(conversation)).toEqual(['user: Hi', 'aborted: Half'])
  expect(answersOf(conversation)[0]!.id).toBe(answersOf(first.conversation)[0]!.id)
  expect(kept()).toBeUndefined()
  expect(requests).toHaveLength(1)
})

test('the answer is complete when its replay is, without a new version', async () => {
  const { conversation, nextRequest } = await reloaded()
  conversation.restore()
  reply(await nextRequest(), { text: 'Half and half', responseId: 'resp_cut' })
  await rest()
  expect(outline(conversation)).toEqual(['user: Hi', 'complete: Half and half'])
  expect(answersOf(conversation)[0]!.branches).toHaveLength(1)
})

test('the tools of a restored answer run once it is complete', async () => {
  let runs = 0
  const { conversation, nextRequest, answer } = await reloaded({
    tools: defineTools({ time: { run: () => ++runs } }),
  })
  conversation.restore()
  reply(await nextRequest(), {
    toolCalls: [{ id: 'c1', name: 'time', arguments: {} }],
    responseId: 'resp_cut',
  })
  await rest()
  await answer({ text: 'One.' })
  expect(runs).toBe(1)
  expect(outline(conversation).at(-1)).toBe('complete: One.')
})

test('an answer that the server no longer has is an error that keeps its text', async () => {
  const { conversation, nextRequest, kept } = await reloaded()
  conversation.restore()
  const request = await nextRequest()
  request.respond({ status: 404 })
  request.end()
  await rest()
  expect(outline(conversation)).toEqual(['user: Hi', 'error: Half'])
  expect(kept()).toBeUndefined()
  conversation.send('Again')
  await nextRequest()
})

test('nothing is restored without a checkpoint, and no answer that has ended', async () => {
  const cut = startTalk()
  cut.conversation.send('Hi')
  begin(await cut.nextRequest(), 'Half')
  await rest()
  const { resume } = resumeWithStore()
  const again = startTalk({ resume, initial: cut.conversation.toJSON() })
  again.conversation.restore()
  expect(outline(again.conversation)).toEqual(['user: Hi', 'aborted: Half'])
  expect(again.conversation.getState().isBusy).toBe(false)
  const whole = startTalk({ resume: resumable({ store: storeWith('resp_other') }) })
  whole.conversation.send('Hi')
  await whole.answer({ text: 'Whole.' })
  whole.conversation.restore()
  expect(outline(whole.conversation)).toEqual(['user: Hi', 'complete: Whole.'])
})

function storeWith(responseId: string) {
  return { load: () => ({ responseId }), save: () => undefined, clear: () => undefined }
}

test('an answer is never replayed under another question', async () => {
  const { resume, kept } = resumeWithStore()
  const first = startTalk({ resume })
  first.conversation.send('One')
  begin(await first.nextRequest(), 'Half', 'resp_one')
  await rest()
  first.conversation.stop('unmount')
  expect(kept()).toMatchObject({ responseId: 'resp_one' })
  first.conversation.send('Two')
  await rest()
  const second = startTalk({ resume, initial: first.conversation.toJSON() })
  second.conversation.restore()
  await rest()
  expect(second.requests).toEqual([])
  expect(outline(second.conversation)).toEqual([
    'user: One',
    'aborted: Half',
    'user: Two',
    'aborted: ',
  ])
})

test('an answer saved by another tab is not continued with the checkpoint of this tab', async () => {
  const one = await reloaded()
  const other = startTalk()
  other.conversation.send('Another question')
  begin(await other.nextRequest(), 'Another answer', 'resp_other')
  await rest()
  const { resume } = one
  const { conversation, requests } = startTalk({ resume, initial: other.conversation.toJSON() })
  conversation.restore()
  await rest()
  expect(requests).toEqual([])
  expect(outline(conversation)).toEqual(['user: Another question', 'aborted: Another answer'])
})
