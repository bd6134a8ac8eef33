import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  createConversation,
  responsesConversation,
  useConversation,
  type Conversation,
  type ConversationOptions,
} from '../../src/conversation.ts'
import {
  createCompletion,
  createStreamingObject,
  type Completion,
  type StreamingObject,
} from '../../src/core.ts'
import {
  createCompletionRegistry,
  useCompletion,
  useStreamingCompletion,
  useStreamingObject,
  type CompletionOptions,
  type CompletionError,
  type CompletionSource,
  type ErrorState,
  type SettledState,
  type StreamingObjectOptions,
  type UseStreamingCompletionOptions,
  type UseStreamingCompletionResult,
  type UseStreamingObjectResult,
} from '../../src/index.ts'

interface Question {
  readonly prompt: string
}

declare const source: () => CompletionSource
declare const maybeUrl: string | undefined

/** Checked, never run: a hook cannot be called here. */
function checked(check: () => unknown) {
  expectTypeOf(check).toBeFunction()
}

test('a completion with neither url nor source does not compile', () => {
  checked(() => {
    // @ts-expect-error url is missing
    createCompletion({})
    // @ts-expect-error url is missing
    createCompletion({ retry: 2 })
    // @ts-expect-error url may be undefined
    createCompletion({ url: maybeUrl })
    // @ts-expect-error neither is set
    createCompletion({ url: undefined, source: undefined })
    // @ts-expect-error url is missing
    createCompletion<Question>({ body: ({ prompt }) => prompt })
    // @ts-expect-error url is missing
    createCompletion({ url: '/' }).setOptions({ retry: 2 })
    // @ts-expect-error url is missing
    createCompletionRegistry().get('key', { retry: 2 })
    // @ts-expect-error url is missing
    createStreamingObject({ schema: z.string() })
    // @ts-expect-error url is missing
    createConversation({ api: responsesConversation })
  })
})

test('a hook with neither url nor source does not compile', () => {
  checked(() => {
    // @ts-expect-error url is missing
    useStreamingCompletion({})
    // @ts-expect-error url is missing
    useStreamingCompletion<Question>({ retry: 2 })
    // @ts-expect-error url is missing
    useCompletion({ retry: 2 })
    // @ts-expect-error url is missing
    useStreamingObject({ schema: z.string() })
    // @ts-expect-error url is missing
    useConversation({ api: responsesConversation })
  })
})

test('either url or source is enough, and both may be set', () => {
  expectTypeOf<{ url: string }>().toExtend<CompletionOptions>()
  expectTypeOf<{ url: URL; source: undefined }>().toExtend<CompletionOptions>()
  expectTypeOf<{ source: typeof source }>().toExtend<CompletionOptions>()
  expectTypeOf<{ url: string; source: typeof source }>().toExtend<CompletionOptions>()
  expectTypeOf<{ url: string; source: typeof source | undefined }>().toExtend<CompletionOptions>()
})

test('a shared completion needs neither', () => {
  checked(() => [
    useStreamingCompletion({ completion: createCompletion({ url: '/' }) }),
    useStreamingObject({ completion: createStreamingObject({ url: '/' }) }),
    useConversation({ conversation: createConversation({ url: '/', api: responsesConversation }) }),
  ])
})

test('shared options can be spread before or after the url', () => {
  checked(() => {
    const shared: Partial<CompletionOptions> = { retry: 2, timeouts: { idle: 30_000 } }
    useStreamingCompletion({ ...shared, url: '/' })
    useStreamingCompletion({ url: '/', ...shared })
    useStreamingCompletion({ ...shared, source })
    useStreamingCompletion<string>({ url: '/', ...shared })
    useStreamingCompletion<Question>({ ...shared, url: '/', body: ({ prompt }) => prompt })
    useCompletion<Question>({ ...shared, url: '/' })
    const withoutOrigin: Omit<CompletionOptions, 'url' | 'source'> = { retry: 2 }
    createCompletion({ ...withoutOrigin, source })
    const conversation: Partial<ConversationOptions> = { maxSteps: 3 }
    createConversation({ ...conversation, url: '/', api: responsesConversation })
    // @ts-expect-error shared options have no url of their own
    createCompletion({ ...shared })
  })
})

test('a hook of an app can pass options on', () => {
  const useAnswer = <Input>(options: CompletionOptions<Input>) => useStreamingCompletion(options)
  const usePost = <Input>({ retry = 2, ...options }: CompletionOptions<Input>) =>
    useStreamingCompletion<Input>({ retry, ...options })
  const useApi = (options: Partial<CompletionOptions<string>>) =>
    useStreamingCompletion({ url: '/api', ...options })
  const useAny = (options: UseStreamingCompletionOptions<Question>) =>
    useStreamingCompletion(options)
  const create = (options: CompletionOptions): Completion => createCompletion(options)
  const createRecipe = (options: StreamingObjectOptions<Question>): StreamingObject<Question> =>
    createStreamingObject(options)
  checked(() => {
    useApi({ onFinish: ({ text }) => text })
    usePost<string>({ source })
    create({ url: '/' })
    createRecipe({ url: '/' })
    useAny({ url: '/' })
    return useAnswer({ url: '/', body: ({ prompt }: Question) => prompt }).start({ prompt: 'Hi' })
  })
})

test('the input is inferred from any option that names its type', () => {
  checked(() => {
    const options: CompletionOptions<Question> = { url: ({ prompt }) => `/${prompt}` }
    expectTypeOf(createCompletion(options)).toEqualTypeOf<Completion<Question>>()
    expectTypeOf(
      createCompletion({ source: ({ prompt }: Question) => new Response(prompt) }),
    ).toEqualTypeOf<Completion<Question>>()
    expectTypeOf(
      createCompletionRegistry().get('key', { url: '/', body: (input: Question) => input }),
    ).toEqualTypeOf<Completion<Question>>()
    expectTypeOf(
      useCompletion({ url: '/', headers: ({ prompt }: Question) => ({ prompt }) }),
    ).toEqualTypeOf<Completion<Question>>()
  })
})

test('options in a variable keep their types', () => {
  checked(() => {
    const options: CompletionOptions<Question> = { url: ({ prompt }) => `/${prompt}` }
    expectTypeOf(createCompletion(options)).toEqualTypeOf<Completion<Question>>()
    expectTypeOf(useCompletion(options)).toEqualTypeOf<Completion<Question>>()
    expectTypeOf(useStreamingCompletion(options)).toEqualTypeOf<
      UseStreamingCompletionResult<Question>
    >()
    const hook: UseStreamingCompletionOptions<Question> = { source }
    expectTypeOf(useStreamingCompletion(hook)).toEqualTypeOf<
      UseStreamingCompletionResult<Question>
    >()
    const object: StreamingObjectOptions<Question, string> = { url: '/', retry: 2 }
    expectTypeOf(createStreamingObject(object)).toEqualTypeOf<StreamingObject<Question, string>>()
    expectTypeOf(useStreamingObject(object)).toEqualTypeOf<
      UseStreamingObjectResult<Question, string>
    >()
    const conversation: ConversationOptions<Question, Question> = {
      url: '/',
      api: ({ turns }) => ({ prompt: `${turns.length}` }),
    }
    expectTypeOf(createConversation(conversation)).toEqualTypeOf<Conversation<Question, Question>>()
    expectTypeOf(useConversation(conversation).send).toEqualTypeOf<(input: Question) => void>()
  })
})

test('a callback that annotates its state does not affect the others', () => {
  checked(() => {
    const onError = (_: CompletionError, result: ErrorState) => result.text
    expectTypeOf(createCompletion({ url: '/', onError })).toEqualTypeOf<Completion>()
    const onFinish = (result: SettledState) => result.text
    expectTypeOf(createCompletion({ url: '/', onFinish })).toEqualTypeOf<Completion>()
  })
})
