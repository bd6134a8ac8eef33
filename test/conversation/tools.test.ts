import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineTools } from '../../src/conversation.ts'
import { answersOf, bodyOf, outline, reply, rest, startTalk } from './support/start-talk.ts'

const call = (city: string, id = `call_${city}`) => ({
  id,
  name: 'weather',
  arguments: { city },
})
const schema = z.object({ city: z.string() })

/** A tool whose runs the test ends. */
function heldTool() {
  const runs: { city: string; signal: AbortSignal; finish: (output: unknown) => void }[] = []
  const run = vi.fn(
    ({ city }: { city: string }, { signal }: { signal: AbortSignal }) =>
      new Promise((finish) => runs.push({ city, signal, finish })),
  )
  return { runs, run, tools: defineTools({ weather: { schema, run } }) }
}

test('runs the tools of an answer in parallel, sends their outputs, and answers again', async () => {
  const { runs, tools } = heldTool()
  const { conversation, answer, nextRequest, requests } = startTalk({ tools })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome'), call('Oslo')] })
  expect(runs.map(({ city }) => city)).toEqual(['Rome', 'Oslo'])
  expect(conversation.getState()).toMatchObject({ status: 'tools', isBusy: true })
  runs[1]!.finish({ celsius: 3 })
  await rest()
  expect(requests).toHaveLength(1)
  expect(answersOf(conversation)[0]!.results).toMatchObject([
    { name: 'weather', status: 'running', input: { city: 'Rome' } },
    { status: 'complete', output: { celsius: 3 } },
  ])
  runs[0]!.finish('warm')
  await rest()
  const request = (await nextRequest(), requests[1]!)
  expect(bodyOf(request).input.slice(1)).toMatchObject([
    { type: 'function_call', call_id: 'call_Rome' },
    { type: 'function_call_output', call_id: 'call_Rome', output: 'warm' },
    { type: 'function_call', call_id: 'call_Oslo' },
    { type: 'function_call_output', call_id: 'call_Oslo', output: '{"celsius":3}' },
  ])
  reply(request, { text: 'Warm and cold.' })
  await rest()
  expect(outline(conversation)).toEqual([
    'user: Weather?',
    'complete: ',
    'complete: Warm and cold.',
  ])
})

test('stop during a tool aborts its signal, and no request follows, however late it ends', async () => {
  const { runs, run, tools } = heldTool()
  const { conversation, answer, requests } = startTalk({ tools })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome')] })
  conversation.stop()
  expect(runs[0]!.signal.aborted).toBe(true)
  expect(conversation.getState()).toMatchObject({ status: 'aborted', isBusy: false })
  runs[0]!.finish('late')
  await rest()
  expect(requests).toHaveLength(1)
  expect(answersOf(conversation)[0]!.results).toMatchObject([
    { status: 'aborted', output: 'Stopped by the user.' },
  ])
  conversation.send('Never mind')
  await rest()
  expect(run).toHaveBeenCalledTimes(1)
  expect(bodyOf(requests[1]!).input).toMatchObject([
    { role: 'user' },
    { type: 'function_call' },
    { type: 'function_call_output', output: 'Stopped by the user.' },
    { role: 'user', content: 'Never mind' },
  ])
})

test.each(['stop', 'send', 'regenerate', 'edit'] as const)(
  'a tool that sends when its signal aborts is ended with the rest by %s',
  async (control) => {
    const tools = defineTools({
      weather: {
        run: (_: unknown, { signal }) =>
          new Promise(() => signal.addEventListener('abort', () => conversation.send('Sorry'))),
      },
    })
    const { conversation, answer, requests } = startTalk({ tools })
    conversation.send('Weather?')
    await answer({ toolCalls: [call('Rome')] })
    const [question] = conversation.getState().turns
    if (control === 'stop') conversation.stop()
    else if (control === 'send') conversation.send('And Oslo?')
    else if (control === 'edit') conversation.edit(question!, 'And Oslo?')
    else conversation.regenerate(question)
    await rest()
    const { turns } = conversation.toJSON()
    const running = turns.filter(({ status }) => /connecting|streaming/.test(String(status)))
    expect(running).toHaveLength(control === 'stop' ? 0 : 1)
    expect(turns.filter(({ input }) => input === 'Sorry')).toHaveLength(1)
    expect(conversation.getState().isBusy).toBe(control !== 'stop')
    // The first one, and the one that runs.
    expect(requests).toHaveLength(control === 'stop' ? 1 : 2)
  },
)

test('a send while a tool runs stops it, and its call has an output in the request', async () => {
  const { runs, tools } = heldTool()
  const { conversation, answer, requests } = startTalk({ tools })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome')] })
  conversation.send('And Oslo?')
  await rest()
  expect(runs[0]!.signal.aborted).toBe(true)
  expect(bodyOf(requests[1]!).input).toMatchObject([
    {},
    { type: 'function_call' },
    { type: 'function_call_output', output: 'Stopped by the user.' },
    { content: 'And Oslo?' },
  ])
})

test.each([
  ['a string', 'No station', 'No station'],
  ['an object with a message', { message: 'No station', code: 'PGRST116' }, 'No station'],
  ['an object without a message', { code: 42 }, 'The tool failed.'],
  ['an object without a prototype', Object.create(null), 'The tool failed.'],
  ['an error with an empty message', new Error(), 'The tool failed.'],
  ['nothing', undefined, 'The tool failed.'],
  [
    'an object whose message throws',
    {
      get message() {
        throw new Error('Not even this')
      },
    },
    'The tool failed.',
  ],
])('if a tool throws %s, the model receives a message', async (_, thrown, output) => {
  const tools = defineTools({ weather: { run: () => Promise.reject(thrown as Error) } })
  const talk = startTalk({ tools })
  talk.conversation.send('Hi')
  await talk.answer({ toolCalls: [{ id: 'a', name: 'weather', arguments: {} }] })
  expect(answersOf(talk.conversation)[0]!.results).toMatchObject([{ status: 'error', output }])
  expect(bodyOf(await talk.nextRequest()).input.at(-1)).toMatchObject({ output })
})

test('if a tool throws, the model receives the message, never the stack', async () => {
  const { conversation, answer, nextRequest } = startTalk({
    tools: defineTools({
      weather: {
        schema,
        run: () => {
          throw new Error('The station is down')
        },
      },
    }),
  })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome')] })
  const { input } = bodyOf(await nextRequest())
  expect(input[2]).toEqual({
    type: 'function_call_output',
    call_id: 'call_Rome',
    output: 'The station is down',
  })
  expect(answersOf(conversation)[0]!.results).toMatchObject([{ status: 'error' }])
})

test('if the input does not match, the model receives the issues, and the tool does not run', async () => {
  const { run, tools } = heldTool()
  const { conversation, answer, nextRequest } = startTalk({ tools })
  conversation.send('Weather?')
  await answer({ toolCalls: [{ name: 'weather', arguments: { city: 7 } }] })
  expect(run).not.toHaveBeenCalled()
  const [, , output] = bodyOf(await nextRequest()).input as { output: string }[]
  expect(output!.output).toMatch(/^Invalid input: \$\.city: .*string/)
})

test('arguments that are cut off are never run and never sent', async () => {
  const { run, tools } = heldTool()
  const { conversation, answer, requests } = startTalk({ tools })
  conversation.send('Weather?')
  await answer({ toolCalls: [{ name: 'weather', arguments: '{"city":' }], finishReason: 'length' })
  expect(run).not.toHaveBeenCalled()
  expect(conversation.getState().isBusy).toBe(false)
  conversation.send('Go on')
  await rest()
  expect(bodyOf(requests[1]!).input).toEqual([
    { role: 'user', content: 'Weather?' },
    { role: 'user', content: 'Go on' },
  ])
})

test.each(['nothing', 'toString', '__proto__', 'constructor'])(
  'a call of a missing tool (%s) gets an output',
  async (name) => {
    const { tools } = heldTool()
    const { conversation, answer } = startTalk({ tools })
    conversation.send('Weather?')
    await answer({ toolCalls: [{ name, arguments: {} }] })
    expect(answersOf(conversation)[0]!.results).toMatchObject([
      { status: 'error', output: `There is no tool named '${name}'.` },
    ])
  },
)

const circular: Record<string, unknown> = {}
circular['self'] = circular

test.each([
  ['a promise', { body: Promise.resolve(1) }, 'A Promise is not JSON.'],
  ['a response', new Response('warm'), 'A Response is not JSON.'],
  ['a stream', [new Blob(['warm']).stream()], 'A ReadableStream is not JSON.'],
  ['a file', { file: new Blob(['warm']) }, 'A Blob is not JSON.'],
  ['a map', new Map([['Rome', 'warm']]), 'A Map is not JSON.'],
  ['an error', new Error('No station'), 'A Error is not JSON.'],
  ['a circular object', circular, /circular/],
])(
  'an output with %s is an error of the tool, and never an empty object',
  async (_, output, message) => {
    const { conversation, answer, requests } = startTalk({
      tools: defineTools({ weather: { run: () => output } }),
    })
    conversation.send('Weather?')
    await answer({ toolCalls: [call('Rome')] })
    const [result] = answersOf(conversation)[0]!.results
    expect(result!.status).toBe('error')
    expect(result!.output).toMatch(message)
    expect(bodyOf(requests[1]!).input[2]).toMatchObject({ output: result!.output })
  },
)

test.each([
  [undefined, undefined, 'null'],
  [new Date(0), '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
  [
    { at: new Date(0), none: undefined },
    { at: '1970-01-01T00:00:00.000Z' },
    '{"at":"1970-01-01T00:00:00.000Z"}',
  ],
  [Object.create(null), {}, '{}'],
  ['', '', ''],
  [[], [], '[]'],
  [0, 0, '0'],
  [new Uint8Array(2), { 0: 0, 1: 0 }, '{"0":0,"1":0}'],
])('the output %j is the same before and after a reload', async (output, shown, sent) => {
  const { conversation, answer, requests } = startTalk({
    tools: defineTools({ weather: { run: () => output as unknown } }),
  })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome')] })
  expect(bodyOf(requests[1]!).input[2]).toMatchObject({ output: sent })
  const loaded = startTalk({ initial: JSON.stringify(conversation) })
  for (const each of [conversation, loaded.conversation]) {
    const [result] = answersOf(each)[0]!.results
    expect(result!.status).toBe('complete')
    expect(result!.output).toEqual(shown)
  }
})

test('an output that the tool changes later stays as it was sent', async () => {
  const list = ['Rome']
  const { conversation, answer, requests } = startTalk({
    tools: defineTools({ weather: { run: () => list } }),
  })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome')] })
  list.push('Oslo')
  await answer({ text: 'Warm' })
  conversation.send('And?')
  await rest()
  const outputs = [1, 2].map((at) => bodyOf(requests[at]!).input[2])
  expect(outputs).toEqual([
    { type: 'function_call_output', call_id: 'call_Rome', output: '["Rome"]' },
    { type: 'function_call_output', call_id: 'call_Rome', output: '["Rome"]' },
  ])
})

test.each([12n, () => 1, Symbol('warm')])(
  'an output that is not JSON (%s) is an error of the tool, which the model receives',
  async (output) => {
    const { conversation, answer, requests } = startTalk({
      tools: defineTools({ weather: { schema, run: () => output } }),
    })
    conversation.send('Weather?')
    await answer({ toolCalls: [call('Rome')] })
    expect(answersOf(conversation)[0]!.results).toMatchObject([{ status: 'error' }])
    expect(bodyOf(requests[1]!).input[2]).toMatchObject({ output: expect.any(String) as string })
  },
)

test('a call that was sent twice runs once', async () => {
  const { run, runs, tools } = heldTool()
  const { conversation, answer } = startTalk({ tools })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome', 'same'), call('Rome', 'same')] })
  expect(run).toHaveBeenCalledTimes(1)
  runs[0]!.finish('warm')
  await rest()
  expect(answersOf(conversation)[0]!.results).toMatchObject([
    { status: 'complete', output: 'warm' },
    { status: 'complete', output: 'warm' },
  ])
})

test('stops after maxSteps requests, and sends the outputs with the next question', async () => {
  const { conversation, answer, requests } = startTalk({
    tools: defineTools({ weather: { schema, run: () => 'warm' } }),
    maxSteps: 2,
  })
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome')] })
  await answer({ toolCalls: [call('Oslo')] })
  expect(requests).toHaveLength(2)
  expect(conversation.getState()).toMatchObject({ status: 'complete', isBusy: false })
  conversation.send('Well?')
  await rest()
  expect(bodyOf(requests[2]!).input).toMatchObject([
    {},
    { type: 'function_call' },
    { output: 'warm' },
    { type: 'function_call' },
    { output: 'warm' },
    { content: 'Well?' },
  ])
})

test('without tools the calls of an answer are left to the app', async () => {
  const { conversation, answer, requests } = startTalk()
  conversation.send('Weather?')
  await answer({ toolCalls: [call('Rome')], text: 'One moment.' })
  expect(conversation.getState().isBusy).toBe(false)
  expect(answersOf(conversation)[0]!.results).toEqual([])
  conversation.send('Hello?')
  await rest()
  expect(bodyOf(requests[1]!).input).toEqual([
    { role: 'user', content: 'Weather?' },
    { role: 'assistant', content: 'One moment.' },
    { role: 'user', content: 'Hello?' },
  ])
})

test('a custom tool receives the text of the call, and its output has the type of a custom call', async () => {
  const run = vi.fn(() => 'ok')
  const { conversation, nextRequest } = startTalk({
    tools: defineTools({ sql: { definition: { type: 'custom', name: 'sql' }, run } }),
  })
  conversation.send('Count')
  const request = await nextRequest()
  expect(bodyOf(request).tools).toEqual([{ type: 'custom', name: 'sql' }])
  const item = {
    type: 'custom_tool_call',
    id: 'ctc_1',
    call_id: 'call_1',
    name: 'sql',
    input: 'SELECT 1',
  }
  request.respond()
  request.send({ type: 'response.output_item.done', output_index: 0, item })
  request.send({ type: 'response.completed', response: { status: 'completed', output: [item] } })
  const next = await nextRequest()
  expect(run).toHaveBeenCalledWith('SELECT 1', expect.anything())
  expect(bodyOf(next).input).toContainEqual({
    type: 'custom_tool_call_output',
    call_id: 'call_1',
    output: 'ok',
  })
})

test('a schema that cannot be converted is an error when the conversation is created', () => {
  const tools = defineTools({ when: { schema: z.object({ at: z.date() }), run: () => 1 } })
  expect(() => startTalk({ tools })).toThrow(/'when'.*Date/)
})

test('tools that are not from defineTools are an error that names it', () => {
  const tools = { weather: { schema, run: () => 'warm' } } as never
  expect(() => startTalk({ tools })).toThrow(/defineTools/)
})
