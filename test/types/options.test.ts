import OpenAI from 'openai'
import { expectTypeOf, test } from 'vitest'
import { createCompletion, readCompletion, type Completion } from '../../src/core.ts'
import {
  useStreamingCompletion,
  type CompletionError,
  type CompletionOptions,
  type ErrorState,
  type IdleState,
  type SettledState,
  type SourceContext,
  type StartOptions,
  type UseStreamingCompletionOptions,
  type UseStreamingCompletionResult,
  type WireEvent,
} from '../../src/index.ts'

interface Question {
  readonly prompt: string
}

/** Checked, never run: a hook cannot be called here. */
function checked(check: () => unknown) {
  expectTypeOf(check).toBeFunction()
}

test('start accepts the input type of the hook', () => {
  checked(() => {
    const { start, retry } = useStreamingCompletion<Question>({ url: '/' })
    expectTypeOf(start).toEqualTypeOf<
      (input: Question, options?: StartOptions) => Promise<SettledState>
    >()
    expectTypeOf(retry).toEqualTypeOf<() => Promise<SettledState | IdleState>>()
    // @ts-expect-error a string is no question
    void start('Hi')
    // @ts-expect-error it needs one
    void start()
  })
})

test('the input is inferred from source, url, headers and body', () => {
  checked(() => {
    const bySource = useStreamingCompletion({
      source: async (input: Question, context) => {
        expectTypeOf(context).toEqualTypeOf<SourceContext>()
        return fetch(`/?${input.prompt}`, { signal: context.signal })
      },
    })
    expectTypeOf(bySource).toEqualTypeOf<UseStreamingCompletionResult<Question>>()

    const byUrl = createCompletion({ url: (input: Question) => `/${input.prompt}` })
    expectTypeOf(byUrl).toEqualTypeOf<Completion<Question>>()

    const byBody = createCompletion({ url: '/', body: (input: Question) => input.prompt })
    expectTypeOf(byBody).toEqualTypeOf<Completion<Question>>()

    const byHeaders = createCompletion({
      url: '/',
      headers: (input: Question) => ({ 'x-prompt': input.prompt }),
    })
    expectTypeOf(byHeaders).toEqualTypeOf<Completion<Question>>()
  })
})

test('the functions of a typed hook receive its input', () => {
  checked(() =>
    useStreamingCompletion<Question>({
      url(input) {
        expectTypeOf(input).toEqualTypeOf<Question>()
        return new URL(`https://example.com/${input.prompt}`)
      },
      async headers(input) {
        expectTypeOf(input).toEqualTypeOf<Question>()
        return [['x-prompt', input.prompt]]
      },
      body(input) {
        expectTypeOf(input).toEqualTypeOf<Question>()
        return input
      },
      onEvent(event) {
        expectTypeOf(event).toEqualTypeOf<WireEvent>()
      },
      onError(error, result) {
        expectTypeOf(error).toEqualTypeOf<CompletionError>()
        expectTypeOf(result).toEqualTypeOf<ErrorState>()
      },
      onFinish(result) {
        expectTypeOf(result).toEqualTypeOf<SettledState>()
      },
    }),
  )
})

test('every option may be undefined, so that options can be passed on', () => {
  const all = {
    url: '/',
    source: undefined,
    method: undefined,
    headers: undefined,
    credentials: undefined,
    body: undefined,
    fetch: undefined,
    format: undefined,
    limits: undefined,
    publish: undefined,
    onEvent: undefined,
    onFinish: undefined,
    onError: undefined,
  }
  expectTypeOf(all).toExtend<CompletionOptions>()
  expectTypeOf(all).toExtend<UseStreamingCompletionOptions>()
  expectTypeOf({ ...all, completion: undefined }).toExtend<UseStreamingCompletionOptions>()
  expectTypeOf({
    url: '/',
    limits: { eventLength: undefined, textLength: undefined },
  }).toExtend<CompletionOptions>()
})

test('a shared completion accepts no other options', () => {
  checked(() => {
    const completion = createCompletion<Question>({ url: '/' })
    const result = useStreamingCompletion({ completion })
    expectTypeOf(result).toEqualTypeOf<UseStreamingCompletionResult<Question>>()
    // @ts-expect-error these would go nowhere
    useStreamingCompletion({ completion, url: '/' })
  })
})

test('a format is one of the names, or a format object', () => {
  expectTypeOf<'openai-chat'>().toExtend<CompletionOptions['format']>()
  // @ts-expect-error no such format
  const unknown: CompletionOptions = { url: '/', format: 'openai' }
  expectTypeOf(unknown).toExtend<CompletionOptions>()
})

test('publish is one of the modes', () => {
  const modes: CompletionOptions['publish'][] = ['frame', 'sync', { every: 50 }]
  // @ts-expect-error no such mode
  modes.push('throttle')
  expectTypeOf(modes).toBeArray()
})

test('abort can be the handler of a click', () => {
  checked(() => {
    const { abort, reset } = useStreamingCompletion({ url: '/' })
    expectTypeOf(abort).toExtend<(event: MouseEvent) => void>()
    expectTypeOf(reset).toExtend<(event: MouseEvent) => void>()
  })
})

test('the streams of the openai package are valid sources', () => {
  checked(() => {
    const openai = new OpenAI()
    useStreamingCompletion<string>({
      source: (input, { signal }) =>
        openai.responses.create({ model: 'gpt-5', input, stream: true }, { signal }),
    })
    useStreamingCompletion<string>({
      source: (content, { signal }) =>
        openai.chat.completions.create(
          { model: 'gpt-5', messages: [{ role: 'user', content }], stream: true },
          { signal },
        ),
    })
    useStreamingCompletion<string>({
      source: (prompt, { signal }) =>
        openai.completions.create({ model: 'davinci', prompt, stream: true }, { signal }),
    })
  })
})

test('readCompletion reads responses, streams, iterables, and promises of them', () => {
  checked(() => [
    readCompletion(new Response()),
    readCompletion(fetch('/')),
    readCompletion(new ReadableStream<Uint8Array>()),
    readCompletion(
      (async function* () {
        yield 'text'
      })(),
    ),
    // @ts-expect-error text is no stream
    readCompletion('text'),
  ])
  expectTypeOf<ReturnType<typeof readCompletion>['result']>().resolves.toEqualTypeOf<SettledState>()
})
