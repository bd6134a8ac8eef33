import { describe, expect, test } from 'vitest'
import {
  createCompletion,
  type CompletionError,
  type CompletionFormat,
  type CompletionInput,
  type CompletionOptions,
} from '../../src/core.ts'
import {
  createConversation,
  type AssistantTurn,
  type ConversationOptions,
} from '../../src/conversation.ts'
import { answer, eventStream } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

describe('throw a TypeError immediately that suggests the correct code', () => {
  test('neither url nor source', () => {
    // @ts-expect-error one of them is required
    const { start, getState } = createCompletion({})
    expect(() => start('a')).toThrow(
      new TypeError('Set the url or source option: there is no request to send.'),
    )
    expect(getState().status).toBe('idle')
  })

  test.each([
    ['a DOM event', new Event('click')],
    ['a React event', { nativeEvent: new Event('click'), type: 'click' }],
  ])('%s as the input', (_, event) => {
    const { start, getState } = createCompletion({ url: '/' })
    // @ts-expect-error an event is no input
    expect(() => start(event)).toThrow(/onClick=\{\(\) => start\(input\)\}/)
    expect(getState().status).toBe('idle')
  })
})

describe('in a conversation', () => {
  const talk = (options: Partial<ConversationOptions<unknown, object>>) =>
    createConversation<unknown, object>({ url: '/', api: (request) => request, ...options })

  test('passing an event throws a TypeError that suggests the correct code', () => {
    const { send, getState } = talk({})
    expect(() => send(new Event('click'))).toThrow(/onClick=\{\(\) => send\(input\)\}/)
    expect(getState().turns).toEqual([])
  })

  test.each<[string, Partial<ConversationOptions<unknown, object>>, string]>([
    [
      'an api that throws',
      {
        api: ({ turns: [turn] }) =>
          (turn as unknown as { input: { a: { secretProperty: object } } }).input.a.secretProperty,
      },
      'The option api threw an error',
    ],
    ['neither url nor source', { url: undefined as never }, 'Set the url or source option'],
  ])('%s: the turn fails with an error of kind app', async (_, options, message) => {
    const finished: (CompletionError | undefined)[] = []
    const { send, settled, getState } = talk({
      ...options,
      onFinish: ({ error }) => finished.push(error),
    })
    send({})
    await settled()
    await turns()
    const [, turn] = getState().turns as [unknown, AssistantTurn]
    expect(turn.error?.kind).toBe('app')
    expect(turn.error?.message).toContain(message)
    expect(turn.error?.message).not.toContain('secretProperty')
    expect(finished).toEqual([turn.error])
  })
})

describe('have the kind app, and are never retried', () => {
  const circular: Record<string, unknown> = { secretProperty: 'x' }
  circular['secretProperty'] = circular
  const broken: CompletionFormat = {
    name: 'broken',
    properEnd: 'never',
    createReader: () => ({
      read() {
        throw new TypeError('no')
      },
      end: () => undefined,
    }),
  }
  const readSecret = (input: unknown) =>
    (input as { a: { secretProperty: string } }).a.secretProperty

  test.each<[string, CompletionInput, Partial<CompletionOptions>]>([
    ['url()', {}, { url: readSecret }],
    ['headers()', {}, { headers: (input) => ({ x: readSecret(input) }) }],
    ['async headers()', {}, { headers: async (input) => ({ x: readSecret(input) }) }],
    ['body()', {}, { body: readSecret }],
    ['async body()', {}, { body: async (input) => readSecret(input) }],
    ['a circular input', circular, {}],
    ['a circular body', {}, { body: () => circular }],
    ['a BigInt', { secretProperty: 1n }, {}],
    ['headers that cannot be sent', {}, { headers: { 'a b': 'secretProperty' } }],
    ['a format that throws', {}, { format: broken, fetch: async () => eventStream(answer('a')) }],
  ])('%s', async (_, input, options) => {
    let sent = 0
    const { client } = observe({
      url: '/',
      retry: 5,
      ...options,
      fetch: async (...request) => {
        sent++
        return options.fetch ? options.fetch(...request) : eventStream(answer('a'))
      },
    })
    const error = errorOf(await client.start(input))
    expect(error.kind).toBe('app')
    expect(error.message).not.toContain('secretProperty')
    expect(client.getState().attempt).toBe(1)
    expect(sent).toBe(options.fetch ? 1 : 0)
  })

  test('even if the browser is offline: the run does not wait for the connection', async () => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
    const { client } = observe({ url: '/', retry: 5, body: () => circular })
    expect(errorOf(await client.start('a')).kind).toBe('app')
    Reflect.deleteProperty(navigator, 'onLine')
  })
})
