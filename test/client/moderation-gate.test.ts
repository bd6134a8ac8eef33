import {
  moderationGate,
  readCompletion,
  type ModerationCheckContext,
  type ModerationDecision,
  type ModerationGateOptions,
  type WireEvent,
} from 'use-streaming-completion/core'
import { completionStream, scriptedResponse } from 'use-streaming-completion/testing'
import { describe, expect, test, vi } from 'vitest'
import { doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { last, observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

interface PendingCheck extends ModerationCheckContext {
  readonly text: string
  answer: (decision: ModerationDecision) => void
  fail: (reason: unknown) => void
}

/** A run whose response and checks the test controls. */
async function observeGate(options: Omit<ModerationGateOptions, 'check'> = {}) {
  const checks: PendingCheck[] = []
  const events: WireEvent[] = []
  const moderate = moderationGate({
    ...options,
    check: (text, context) =>
      new Promise((answer, fail) => checks.push({ text, ...context, answer, fail })),
  })
  const observed = observe({ moderate, onEvent: (event) => void events.push(event) })
  const settled = observed.client.start('')
  await turns()
  const request = last(observed.requests)
  request.respond()
  return {
    ...observed,
    checks,
    events,
    settled,
    request,
    text: () => observed.client.getState().text,
    async send(...pieces: unknown[]) {
      for (const piece of pieces) request.send(piece)
      await turns()
    },
    async answer(decision: ModerationDecision) {
      last(checks).answer(decision)
      await turns()
    },
  }
}

test('a sentence is shown only once it is complete and cleared', async () => {
  const run = await observeGate()
  await run.send(textChunk('Bread rises'), textChunk('. '))
  expect(run.checks).toEqual([])
  await run.send(textChunk('It takes'))
  expect(run.checks).toMatchObject([{ text: 'Bread rises. ', final: false }])
  expect(run.text()).toBe('')
  await run.answer(false)
  expect(run.text()).toBe('Bread rises. ')
})

test('a full stop that turns out to be a decimal point does not end a sentence', async () => {
  const run = await observeGate()
  await run.send(textChunk('Pi is 3'), textChunk('.'), textChunk('14'))
  expect(run.checks).toEqual([])
})

test('the last check is at the end of the stream, and the run settles once it is cleared', async () => {
  const run = await observeGate()
  await run.send(textChunk('No full stop'), finishChunk(), doneMarker)
  expect(run.checks).toMatchObject([{ text: 'No full stop', final: true }])
  expect(run.request.closedByClient).toBe(true)
  expect(run.client.getState()).toMatchObject({ status: 'streaming', text: '' })
  await run.answer(false)
  expect(await run.settled).toMatchObject({ status: 'complete', text: 'No full stop' })
})

test('cleared text is checked once more when it is known to be the whole text', async () => {
  const run = await observeGate({ every: 1 })
  await run.send(textChunk('All of it.'))
  await run.answer(false)
  await run.send(finishChunk(), doneMarker)
  expect(run.checks.map(({ text, final }) => [text, final])).toEqual([
    ['All of it.', false],
    ['All of it.', true],
  ])
  await run.answer(true)
  expect(await run.settled).toMatchObject({ error: { kind: 'moderation' }, text: 'All of it.' })
})

test('checks never overlap: text that arrives during a check is checked together afterwards', async () => {
  const run = await observeGate()
  await run.send(textChunk('One. '), textChunk('Two. '), textChunk('Three. '), textChunk('Four'))
  expect(run.checks).toHaveLength(1)
  await run.send(textChunk('. Five. '), textChunk('Six'))
  expect(run.checks).toHaveLength(1)
  await run.answer(false)
  expect(run.text()).toBe('One. ')
  expect(run.checks).toHaveLength(2)
  expect(last(run.checks).text).toBe('One. Two. Three. Four. Five. ')
})

test('every: a number checks after so many new characters', async () => {
  const run = await observeGate({ every: 6 })
  await run.send(textChunk('four'))
  expect(run.checks).toEqual([])
  await run.send(textChunk('eight'))
  expect(run.checks).toMatchObject([{ text: 'foureight' }])
})

test('a text without punctuation is not held back forever', async () => {
  const run = await observeGate()
  await run.send(textChunk('word '.repeat(500)))
  expect(run.checks).toHaveLength(1)
})

describe('a flag', () => {
  test('closes the connection, shows nothing more, and keeps what was cleared', async () => {
    const run = await observeGate()
    await run.send(textChunk('Fine. '), textChunk('Not fine. '), textChunk('Next'))
    await run.answer(false)
    await run.answer({ flagged: true, reason: 'violence' })
    expect(run.request.closedByClient).toBe(true)
    const result = await run.settled
    expect(result).toMatchObject({ status: 'error', text: 'Fine. ' })
    expect(result.error).toMatchObject({
      kind: 'moderation',
      code: 'flagged',
      message: 'The answer was stopped: its text was flagged (violence).',
    })
  })

  test('removes the text already shown, if the app asks for it', async () => {
    const run = await observeGate({ onFlagged: 'withdraw' })
    await run.send(textChunk('Fine. '), textChunk('Not fine. '), textChunk('Next'))
    await run.answer(false)
    expect(run.text()).toBe('Fine. ')
    await run.answer(true)
    expect(await run.settled).toMatchObject({ status: 'error', text: '', output: [] })
    expect(run.text()).toBe('')
  })

  test('in the last check prevents a stream that ended properly from being complete', async () => {
    const run = await observeGate()
    await run.send(textChunk('Bad'), finishChunk(), doneMarker)
    await run.answer(true)
    expect(await run.settled).toMatchObject({ error: { kind: 'moderation' }, text: '' })
  })
})

describe('a check that fails clears nothing', () => {
  test.each([
    ['rejects', (check: PendingCheck) => check.fail(new Error('no network'))],
    ['answers nothing', (check: PendingCheck) => check.answer(undefined as never)],
    ['returns a string', (check: PendingCheck) => check.answer('clean' as never)],
    ['returns an empty object', (check: PendingCheck) => check.answer({} as never)],
  ])('one that %s', async (_, fail) => {
    const run = await observeGate()
    await run.send(textChunk('One. '), textChunk('Two'))
    fail(last(run.checks))
    expect(await run.settled).toMatchObject({
      status: 'error',
      text: '',
      error: {
        kind: 'moderation',
        code: 'check-failed',
        message: 'The answer was stopped: its text could not be checked.',
      },
    })
    expect(run.request.closedByClient).toBe(true)
  })

  test('one that throws', async () => {
    const check = vi.fn(() => {
      throw new Error('not set up')
    })
    const { client, requests } = observe({ moderate: moderationGate({ check }) })
    const settled = client.start('')
    await turns()
    last(requests).respond()
    last(requests).send(textChunk('One. Two'))
    expect(await settled).toMatchObject({ text: '', error: { code: 'check-failed' } })
    expect(check).toHaveBeenCalledOnce()
  })
})

describe('an abort', () => {
  test('aborts the check and drops the held text', async () => {
    const run = await observeGate()
    await run.send(textChunk('One. '), textChunk('Two. '), textChunk('Three'))
    await run.answer(false)
    expect(last(run.checks).signal.aborted).toBe(false)
    run.client.abort()
    expect(last(run.checks).signal.aborted).toBe(true)
    expect(await run.settled).toMatchObject({ status: 'aborted', text: 'One. ' })
    await run.answer(false)
    expect(run.text()).toBe('One. ')
  })

  test('during the last check settles immediately', async () => {
    const run = await observeGate()
    await run.send(textChunk('One'), finishChunk(), doneMarker)
    run.client.abort()
    expect(await run.settled).toMatchObject({ status: 'aborted', text: '' })
  })
})

test('when a connection breaks, the text received so far is checked before the error is reported', async () => {
  const run = await observeGate()
  await run.send(textChunk('Half a sen'))
  run.request.fail()
  await turns()
  expect(run.checks).toMatchObject([{ text: 'Half a sen', final: true }])
  await run.answer(false)
  expect(await run.settled).toMatchObject({ error: { kind: 'network' }, text: 'Half a sen' })
})

test('a stream without any text is not checked', async () => {
  const run = await observeGate()
  await run.send(finishChunk(), doneMarker)
  expect(await run.settled).toMatchObject({ status: 'complete', text: '' })
  expect(run.checks).toEqual([])
})

describe('onEvent', () => {
  test('receives an event once all of its text is cleared', async () => {
    const run = await observeGate()
    await run.send(textChunk('One. T'), textChunk('wo'))
    await run.answer(false)
    // The first event also contains the beginning of the second sentence.
    expect(run.text()).toBe('One. ')
    expect(run.events).toEqual([])
    await run.send(textChunk('. Three'))
    await run.answer(false)
    expect(run.events.map(({ json }) => json)).toEqual([textChunk('One. T'), textChunk('wo')])
  })

  test('does not receive events unknown to the format, because nothing of them was checked', async () => {
    const run = await observeGate({ every: 1 })
    await run.send(textChunk('Fine'), { something: 'else' })
    await run.answer(false)
    expect(run.events.map(({ json }) => json)).toEqual([textChunk('Fine')])
  })

  test('receives all events as they arrive, if the app asks for it', async () => {
    const run = await observeGate({ events: 'all' })
    await run.send(textChunk('Not cleared'), { something: 'else' })
    expect(run.events).toHaveLength(2)
    expect(run.text()).toBe('')
  })
})

test('reasoning, refusals and arguments are held back and checked like the text', async () => {
  const seen: string[] = []
  const moderate = moderationGate({ check: (text) => (seen.push(text), false) })
  const stream = completionStream({
    reasoning: 'I think.',
    text: 'I say.',
    toolCalls: [{ name: 'get_forecast', arguments: { city: 'Kyoto' } }],
  })
  const { result } = readCompletion(scriptedResponse(stream), { moderate })
  expect(await result).toMatchObject({ status: 'complete', reasoning: 'I think.', text: 'I say.' })
  expect(last(seen)).toBe('I think.\n\nI say.\n\nget_forecast\n\n{"city":"Kyoto"}')
})

test('a final value that differs from its deltas is checked before it replaces them', async () => {
  const run = await observeGate()
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const event = (type: string, fields: object) => ({ type: `response.${type}`, ...fields })
  const item = { id: 'msg_1', type: 'message', role: 'assistant', content: [] }
  await run.send(
    event('created', { response: { id: 'resp_1' } }),
    event('output_item.added', { output_index: 0, item }),
    event('output_text.delta', { ...at, delta: 'Good. ' }),
    event('output_text.done', { ...at, text: 'Evil. ' }),
  )
  expect(last(run.checks).text).toBe('Evil. ')
  await run.answer(true)
  expect(await run.settled).toMatchObject({ error: { kind: 'moderation' }, text: '' })
})

test('two runs with one gate do not share any text', async () => {
  const moderate = moderationGate({ check: (text) => text.includes('bad') })
  const read = (text: string) =>
    readCompletion(scriptedResponse(completionStream({ text })), { moderate }).result
  const [first, second] = await Promise.all([read('This is bad.'), read('This is good.')])
  expect(first).toMatchObject({ error: { kind: 'moderation' } })
  expect(second).toMatchObject({ status: 'complete', text: 'This is good.' })
})

test('options that are not a gate are rejected with a hint', () => {
  const options = { moderate: { check: () => false } as never }
  expect(() => readCompletion(new Response(''), options)).toThrow('Import moderationGate')
})
