import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  createConversation,
  defineTools,
  responsesConversation,
  runTools,
  useConversation,
  type AssistantTurn,
  type ConversationRequest,
  type ResponsesRequest,
  type Turn,
  type UserInput,
} from '../../src/conversation.ts'
import { useCompletionState, type CompletionError } from '../../src/index.ts'
import type { createCompletion as create } from '../../src/core.ts'

/** Checked, never run: a hook cannot be called here. */
function checked(check: () => unknown) {
  expectTypeOf(check).toBeFunction()
}

test('the input of a tool is the output of its schema', () => {
  checked(() => {
    const tools = defineTools({
      zod: {
        schema: z.object({ size: z.string().transform((text) => text.length) }),
        run: (input, { signal }) => {
          expectTypeOf(input).toEqualTypeOf<{ size: number }>()
          expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
        },
        approve: ({ size }) => size > 3,
      },
      arktype: {
        schema: type({ city: 'string' }),
        run: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>(),
      },
      valibot: {
        schema: toStandardJsonSchema(v.object({ city: v.string() })),
        run: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>(),
      },
      byHand: {
        schema: v.object({ city: v.string() }),
        jsonSchema: { type: 'object' },
        run: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>(),
      },
      none: { run: () => 1 },
    })
    return useConversation({ url: '/', api: responsesConversation, tools })
  })
})

test('tools that are not made by defineTools are a type error', () => {
  checked(() =>
    // @ts-expect-error a conversation without tools does not load what runs them
    useConversation({ url: '/', api: responsesConversation, tools: { none: { run: () => 1 } } }),
  )
})

test('a schema without JSON Schema support is a type error', () => {
  checked(() =>
    defineTools({
      // @ts-expect-error Valibot needs toStandardJsonSchema, or a jsonSchema beside it
      bare: { schema: v.object({ city: v.string() }), run: () => 1 },
    }),
  )
})

test('send accepts the input of the api, and returns no promise', () => {
  checked(() => {
    const { send, edit, turns } = useConversation({ url: '/', api: responsesConversation })
    expectTypeOf(send).toEqualTypeOf<(input: UserInput) => void>()
    expectTypeOf(turns).toEqualTypeOf<readonly Turn<UserInput>[]>()
    // @ts-expect-error a question is no number
    edit('id', 7)
    const own = useConversation({
      url: '/',
      api: ({ turns }: ConversationRequest<{ question: string }>) => ({ count: turns.length }),
      body: ({ count }) => ({ count }),
    })
    expectTypeOf(own.send).toEqualTypeOf<(input: { question: string }) => void>()
  })
})

test('the request is that of the api', () => {
  checked(() =>
    createConversation({
      api: responsesConversation,
      url: (request) => {
        expectTypeOf(request).toEqualTypeOf<ResponsesRequest>()
        return '/'
      },
    }),
  )
})

test('a turn is narrowed by its role and its status', () => {
  checked(() => {
    const [turn] = useConversation({ url: '/', api: responsesConversation }).turns
    if (turn?.role === 'user') expectTypeOf(turn.input).toEqualTypeOf<UserInput>()
    else if (turn?.status === 'error') expectTypeOf(turn.error).toEqualTypeOf<CompletionError>()
    else expectTypeOf(turn).toEqualTypeOf<Exclude<AssistantTurn, { status: 'error' }> | undefined>()
  })
})

test('a part of a conversation can be selected', () => {
  checked(() => {
    const conversation = createConversation({ url: '/', api: responsesConversation })
    const count = useCompletionState(conversation, ({ turns }) => turns.length)
    expectTypeOf(count).toEqualTypeOf<number>()
    return useConversation({ conversation })
  })
})

test('next of runTools returns the type of its input', () => {
  checked(() =>
    runTools(
      undefined as unknown as ReturnType<typeof create<{ input: string }>>,
      defineTools({ time: { schema: z.object({ zone: z.string() }), run: ({ zone }) => zone } }),
      { input: { input: 'Hi' }, next: (input, { text }) => ({ input: input.input + text }) },
    ),
  )
})
