import { type } from 'arktype'
import * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { createStreamingObject, parsePartialJson } from '../../src/core.ts'
import {
  useStreamingObject,
  type CompletionError,
  type DeepPartial,
  type JsonValue,
  type ObjectSettledState,
  type ObjectState,
  type ToolCall,
} from '../../src/index.ts'

interface Recipe {
  name: string
  level: 'easy' | 'hard'
  minutes?: number
  isVegan: boolean
  steps: { text: string; tools: string[] }[]
  range: [number, string]
  note: string | null
}

/** Checked, never run: a hook cannot be called here. */
function checked(check: () => unknown) {
  expectTypeOf(check).toBeFunction()
}

test('DeepPartial: fields may be missing, lists incomplete, and strings cut off', () => {
  expectTypeOf<DeepPartial<Recipe>>().toEqualTypeOf<{
    readonly name?: string
    // Not the literals: the received text may be 'ea'.
    readonly level?: string
    readonly minutes?: number
    readonly isVegan?: boolean
    readonly steps?: readonly { readonly text?: string; readonly tools?: readonly string[] }[]
    readonly range?: readonly [number?, string?]
    readonly note?: string | null
  }>()
})

test('DeepPartial does not change primitive and unknown types', () => {
  expectTypeOf<DeepPartial<number | null>>().toEqualTypeOf<number | null>()
  expectTypeOf<DeepPartial<'a' | 1>>().toEqualTypeOf<string | 1>()
  expectTypeOf<DeepPartial<unknown>>().toEqualTypeOf<unknown>()
  expectTypeOf<DeepPartial<Record<string, { a: 1 }>>>().toEqualTypeOf<{
    readonly [key: string]: { readonly a?: 1 } | undefined
  }>()
})

test('value is set in the status complete only', () => {
  const state = createStreamingObject<Recipe>({ url: '/' }).getState()
  expectTypeOf(state.value).toEqualTypeOf<Recipe | undefined>()
  expectTypeOf(state.object).toEqualTypeOf<DeepPartial<Recipe> | undefined>()
  if (state.status === 'complete') {
    expectTypeOf(state.value).toEqualTypeOf<Recipe>()
    expectTypeOf(state.object).toEqualTypeOf<DeepPartial<Recipe>>()
  } else {
    expectTypeOf(state.value).toEqualTypeOf<undefined>()
  }
  if (state.status === 'error') expectTypeOf(state.error).toEqualTypeOf<CompletionError>()
  // @ts-expect-error before the status is known there may be none
  const nameOf = () => state.value.name
  expectTypeOf(nameOf).toBeFunction()
})

test("the hook's result narrows like the state", () => {
  checked(() => {
    const result = useStreamingObject<Recipe, string>({ url: '/' })
    if (result.status === 'complete') expectTypeOf(result.value).toEqualTypeOf<Recipe>()
    if (result.status === 'streaming') expectTypeOf(result.value).toEqualTypeOf<undefined>()
    expectTypeOf(result.start).parameter(0).toEqualTypeOf<string>()
    expectTypeOf(result.start).returns.resolves.toEqualTypeOf<ObjectSettledState<Recipe>>()
    expectTypeOf(result.retry).returns.resolves.toEqualTypeOf<
      ObjectSettledState<Recipe> | Extract<ObjectState<Recipe>, { status: 'idle' }>
    >()
  })
})

test('without a type and a schema, the object is unknown', () => {
  checked(() => {
    const result = useStreamingObject({ url: '/' })
    if (result.status === 'complete') expectTypeOf(result.value).toEqualTypeOf<unknown>()
    expectTypeOf(result.object).toEqualTypeOf<unknown>()
  })
})

test('the types are inferred from a Zod schema', () => {
  checked(() => {
    const schema = z.object({ name: z.string(), level: z.enum(['easy', 'hard']) })
    const result = useStreamingObject({ url: '/', schema })
    if (result.status === 'complete') {
      expectTypeOf(result.value).toEqualTypeOf<{ name: string; level: 'easy' | 'hard' }>()
    }
    expectTypeOf(result.object).toEqualTypeOf<
      { readonly name?: string; readonly level?: string } | undefined
    >()
  })
})

test('the types are inferred from a Valibot schema', () => {
  checked(() => {
    const schema = v.object({ name: v.string(), tags: v.array(v.number()) })
    const result = useStreamingObject({ url: '/', schema })
    if (result.status === 'complete') {
      expectTypeOf(result.value).toEqualTypeOf<{ name: string; tags: number[] }>()
    }
    expectTypeOf(result.object).toEqualTypeOf<
      { readonly name?: string; readonly tags?: readonly number[] } | undefined
    >()
  })
})

test('the types are inferred from an ArkType schema', () => {
  checked(() => {
    const schema = type({ name: 'string', 'minutes?': 'number' })
    const result = useStreamingObject({ url: '/', schema })
    if (result.status === 'complete') {
      expectTypeOf(result.value).toEqualTypeOf<{ name: string; minutes?: number }>()
    }
    expectTypeOf(result.object).toEqualTypeOf<
      { readonly name?: string; readonly minutes?: number } | undefined
    >()
  })
})

test('a schema that transforms: the object is its input, the value its output', () => {
  checked(() => {
    const schema = z.object({ at: z.string().transform((at) => new Date(at)) })
    const result = useStreamingObject({ url: '/', schema })
    if (result.status === 'complete') expectTypeOf(result.value).toEqualTypeOf<{ at: Date }>()
    expectTypeOf(result.object).toEqualTypeOf<{ readonly at?: string } | undefined>()
  })
})

test("the callbacks receive the schema's types, and the input is inferred from functions", () => {
  checked(() => {
    const schema = z.object({ name: z.string() })
    const { start } = useStreamingObject({
      url: '/',
      schema,
      body: (input: { prompt: string }) => input,
      onFinish(result) {
        if (result.status === 'complete') expectTypeOf(result.value.name).toEqualTypeOf<string>()
      },
      onError(error, result) {
        expectTypeOf(error).toEqualTypeOf<CompletionError>()
        expectTypeOf(result.value).toEqualTypeOf<undefined>()
      },
    })
    expectTypeOf(start).parameter(0).toEqualTypeOf<{ prompt: string }>()
  })
})

test('a type and a schema must agree', () => {
  checked(() => {
    useStreamingObject<{ name: string }, string>({
      url: '/',
      schema: z.object({ name: z.string() }),
    })
    // @ts-expect-error a number is no string
    useStreamingObject<{ name: string }>({ url: '/', schema: z.object({ name: z.number() }) })
    // @ts-expect-error that is no schema
    useStreamingObject({ url: '/', schema: { name: 'string' } })
  })
})

test('parsePartialJson is typed by its parameter', () => {
  const result = parsePartialJson<Recipe>('{')
  if (result.state === 'complete') expectTypeOf(result.value).toEqualTypeOf<Recipe>()
  else expectTypeOf(result.value).toEqualTypeOf<DeepPartial<Recipe> | undefined>()
  if (result.state === 'invalid') expectTypeOf(result.invalidAt).toEqualTypeOf<number>()
  expectTypeOf(parsePartialJson('{').value).toEqualTypeOf<unknown>()
})

test('the input of a tool call is unknown until it is validated', () => {
  expectTypeOf<ToolCall['input']>().toEqualTypeOf<unknown>()
  expectTypeOf<null>().toExtend<JsonValue>()
})
