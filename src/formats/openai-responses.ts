import type { CompletionFormat, FormatReader } from './format.ts'
import { isDoneMarker, jsonOf } from './json-event.ts'
import { apiError, reportedError } from './api-error.ts'
import type { Channel, CompletionEvent, Emit } from './completion-event.ts'
import { finishReasonOf } from './finish-reason.ts'
import { foreignFormatError } from './foreign-format.ts'
import { arrayOf, isRecord, numberOf, stringOf, type JsonRecord } from './json.ts'
import { usageOf } from './usage.ts'

type Handler = (event: JsonRecord, emit: Emit) => void

/**
 * The semantic events of the Responses API
 * (https://platform.openai.com/docs/api-reference/responses-streaming), and a whole `response` object.
 * Ends properly with `response.completed`, `response.incomplete` or an error, and with nothing else.
 */
export const openaiResponses: CompletionFormat = {
  name: 'openai-responses',
  properEnd: 'response.completed, response.incomplete or response.failed',
  createReader: createResponsesReader,
}

function createResponsesReader(): FormatReader {
  return {
    read(event, emit) {
      if (isDoneMarker(event)) {
        emit({ type: 'end', proper: false })
        return
      }
      const json = jsonOf(event, emit)
      const type = stringOf(json?.['type']) ?? event.event ?? ''
      if (json && Object.hasOwn(handlers, type)) {
        handlers[type as keyof typeof handlers](json, emit)
        return
      }
      if (type.startsWith('response.')) return
      const error = reportedError(event) ?? (json && foreignFormatError('openai-responses', json))
      if (error) emit({ type: 'failure', error })
      else if (json?.['object'] === 'response') readResponse(json, emit)
    },
    end: (emit) => emit({ type: 'end', proper: false }),
  }
}

const handlers = {
  'response.created': readMetadata,
  'response.queued': readMetadata,
  'response.in_progress': readMetadata,
  'response.completed': terminal('completed'),
  'response.incomplete': terminal('incomplete'),
  'response.failed': terminal('failed'),
  'response.output_item.added': item('item-added'),
  'response.output_item.done': item('item-done'),
  'response.content_part.added': part,
  'response.content_part.done': part,
  'response.output_text.delta': delta('text'),
  'response.output_text.done': done('text', 'text'),
  'response.refusal.delta': delta('refusal'),
  'response.refusal.done': done('refusal', 'refusal'),
  'response.reasoning_text.delta': delta('reasoning'),
  'response.reasoning_text.done': done('reasoning', 'text'),
  'response.reasoning_summary_part.added': part,
  'response.reasoning_summary_part.done': part,
  'response.reasoning_summary_text.delta': delta('reasoning-summary'),
  'response.reasoning_summary_text.done': done('reasoning-summary', 'text'),
  'response.function_call_arguments.delta': delta('arguments'),
  'response.function_call_arguments.done': done('arguments', 'arguments'),
  'response.custom_tool_call_input.delta': delta('input'),
  'response.custom_tool_call_input.done': done('input', 'input'),
} satisfies Record<string, Handler>

function delta(channel: Channel): Handler {
  return (event, emit) => {
    if (typeof event['delta'] === 'string') {
      emit({ type: 'delta', channel, ...placeOf(event), delta: event['delta'] })
    }
  }
}

function done(channel: Channel, field: string): Handler {
  return (event, emit) => {
    const value = event[field]
    if (typeof value === 'string') emit({ type: 'done', channel, ...placeOf(event), value })
  }
}

function item(type: 'item-added' | 'item-done'): Handler {
  return (event, emit) => {
    if (isRecord(event['item'])) {
      emit({ type, choice: 0, item: placeOf(event).item, value: event['item'] })
    }
  }
}

/** A part says again what its deltas say; it matters where a provider sends no deltas. */
function part(event: JsonRecord, emit: Emit) {
  const value = event['part']
  if (!isRecord(value)) return
  const channel = channelOfPart.get(value['type'])
  const text = stringOf(value['text']) ?? stringOf(value['refusal'])
  if (channel === undefined || text === undefined) return
  emit(
    text === ''
      ? { type: 'delta', channel, ...placeOf(event), delta: '' }
      : { type: 'done', channel, ...placeOf(event), value: text },
  )
}

const channelOfPart = new Map<unknown, Channel>([
  ['output_text', 'text'],
  ['refusal', 'refusal'],
  ['reasoning_text', 'reasoning'],
  ['summary_text', 'reasoning-summary'],
])

function placeOf(event: JsonRecord) {
  return {
    choice: 0,
    item: numberOf(event['output_index']) ?? 0,
    part: numberOf(event['content_index'] ?? event['summary_index']) ?? 0,
  }
}

function readMetadata(event: JsonRecord, emit: Emit) {
  if (isRecord(event['response'])) emit(metadataOf(event['response']))
}

function metadataOf(response: JsonRecord): CompletionEvent {
  return {
    type: 'metadata',
    responseId: stringOf(response['id']),
    model: stringOf(response['model']),
    serviceTier: stringOf(response['service_tier']),
  }
}

/** The type of the event decides, whatever status the response inside it names. */
function terminal(status: string): Handler {
  return (event, emit) => {
    const response = isRecord(event['response']) ? event['response'] : {}
    readResponse({ ...response, status }, emit)
  }
}

function readResponse(response: JsonRecord, emit: Emit) {
  emit(metadataOf(response))
  emit({ type: 'output-done', choice: 0, items: arrayOf(response['output']) })
  const usage = usageOf(response['usage'])
  if (usage) emit({ type: 'usage', usage })
  switch (response['status']) {
    case 'completed':
      emit({ type: 'finish', choice: 0, reason: 'stop', raw: 'completed' })
      emit({ type: 'end', proper: true })
      break
    case 'incomplete': {
      const details = response['incomplete_details']
      const raw = (isRecord(details) ? stringOf(details['reason']) : undefined) ?? 'incomplete'
      emit({ type: 'finish', choice: 0, reason: finishReasonOf(raw), raw })
      emit({ type: 'end', proper: true })
      break
    }
    case 'failed':
      emit({ type: 'failure', error: apiError(response['error'], response) })
      break
    default:
      // A whole response that is still queued, in progress or cancelled.
      emit({ type: 'end', proper: false })
  }
}
