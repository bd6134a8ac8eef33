// @vitest-environment node
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import type { Completion, CompletionChoice } from 'openai/resources/completions'
import type {
  Response,
  ResponseOutputItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'
import { expect, test } from 'vitest'
import type { FinishReason, OutputItem } from '../../src/core.ts'
import { finishReasonOf } from '../../src/formats/vocabulary/finish-reason.ts'
import type { ResponsesEventName } from '../../src/formats/responses/responses-events.ts'

/**
 * Compilation fails here if an upgrade of `openai` adds a field, or no longer has one that is listed. The error
 * names the field.
 */
type None<Missing extends never> = Missing

type KnownEvent = `response.${ResponsesEventName}` | 'error'
export type UnknownEvents = None<Exclude<ResponseStreamEvent['type'], KnownEvent>>
export type StaleEvents = None<Exclude<KnownEvent, ResponseStreamEvent['type']>>

export type UnknownItems = None<Exclude<ResponseOutputItem['type'], OutputItem['type']>>
type OwnItem = 'approval_request'
export type StaleItems = None<Exclude<OutputItem['type'], ResponseOutputItem['type'] | OwnItem>>

/** How a field of the wire is handled. */
type Fate =
  | 'state' // read into the state
  | 'place' // says where what stands beside it belongs
  | 'padding' // means nothing by design
  | 'onEvent' // for those who ask for the events themselves

test('every field of a chat chunk is handled or listed as ignored', () => {
  const chunk = {
    id: 'state',
    choices: 'state',
    created: 'onEvent',
    model: 'state',
    object: 'place',
    moderation: 'state',
    obfuscation: 'padding',
    service_tier: 'state',
    system_fingerprint: 'onEvent',
    usage: 'state',
  } satisfies Record<keyof ChatCompletionChunk, Fate>

  const choice = {
    delta: 'state',
    index: 'place',
    finish_reason: 'state',
    logprobs: 'state',
  } satisfies Record<keyof ChatCompletionChunk.Choice, Fate>

  const delta = {
    audio: 'state',
    content: 'state',
    function_call: 'state',
    refusal: 'state',
    role: 'onEvent',
    tool_calls: 'state',
  } satisfies Record<keyof ChatCompletionChunk.Choice.Delta, Fate>

  const audio = {
    id: 'onEvent',
    data: 'onEvent',
    expires_at: 'onEvent',
    transcript: 'state',
  } satisfies Record<keyof ChatCompletionChunk.Choice.Delta.Audio, Fate>

  const toolCall = {
    index: 'place',
    id: 'state',
    type: 'state',
    function: 'state',
    custom: 'state',
  } satisfies Record<keyof ChatCompletionChunk.Choice.Delta.ToolCall, Fate>

  const called = {
    name: 'state',
    arguments: 'state',
  } satisfies Record<
    | keyof ChatCompletionChunk.Choice.Delta.ToolCall.Function
    | keyof NonNullable<ChatCompletionChunk.Choice.Delta['function_call']>,
    Fate
  >

  const custom = {
    name: 'state',
    input: 'state',
  } satisfies Record<keyof ChatCompletionChunk.Choice.Delta.ToolCall.Custom, Fate>

  const logprobs = {
    content: 'state',
    refusal: 'state',
  } satisfies Record<keyof ChatCompletionChunk.Choice.Logprobs, Fate>

  const counts = [chunk, choice, delta, audio, toolCall, called, custom, logprobs].map(
    (fields) => Object.keys(fields).length,
  )
  expect(counts).toEqual([10, 4, 6, 4, 5, 2, 2, 2])
})

test('every field of a legacy completion is handled or listed as ignored', () => {
  const completion = {
    id: 'state',
    choices: 'state',
    created: 'onEvent',
    model: 'state',
    object: 'place',
    system_fingerprint: 'onEvent',
    usage: 'state',
  } satisfies Record<keyof Completion, Fate>

  const choice = {
    finish_reason: 'state',
    index: 'place',
    // Unlike in the other two APIs, these are parallel lists.
    logprobs: 'onEvent',
    text: 'state',
  } satisfies Record<keyof CompletionChoice, Fate>

  expect([completion, choice].map((fields) => Object.keys(fields).length)).toEqual([7, 4])
})

test('every finish reason of Chat Completions is mapped', () => {
  const reasons = {
    stop: 'stop',
    length: 'length',
    tool_calls: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
  } satisfies Record<NonNullable<ChatCompletionChunk.Choice['finish_reason']>, FinishReason>

  for (const [raw, reason] of Object.entries(reasons)) expect(finishReasonOf(raw)).toBe(reason)
  const legacy: Record<CompletionChoice['finish_reason'], FinishReason> = reasons
  expect(legacy).toBe(reasons)
})

test('every reason of an incomplete response is mapped', () => {
  const reasons = {
    max_output_tokens: 'length',
    content_filter: 'content-filter',
    // Neither is a token limit: the raw reason distinguishes them.
    max_messages: 'other',
    steered: 'other',
  } satisfies Record<NonNullable<Response.IncompleteDetails['reason']>, FinishReason>

  for (const [raw, reason] of Object.entries(reasons)) expect(finishReasonOf(raw)).toBe(reason)
})
