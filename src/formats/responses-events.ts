import type { Channel, Emit } from './completion-event.ts'
import { arrayOf, isRecord, numberOf, stringOf, type JsonRecord } from './json.ts'
import { metadataOf, readResponse } from './responses-object.ts'
import { identityOf, placeOf } from './responses-place.ts'

export type Handler = (event: JsonRecord, emit: Emit) => void

const handlers = {
  'response.created': metadata,
  'response.queued': metadata,
  'response.in_progress': metadata,
  'response.completed': terminal('completed'),
  'response.incomplete': terminal('incomplete'),
  'response.failed': terminal('failed'),

  'response.output_item.added': item('item-added'),
  'response.output_item.done': item('item-done'),
  'response.content_part.added': part,
  'response.content_part.done': part,
  'response.reasoning_summary_part.added': part,
  'response.reasoning_summary_part.done': part,

  'response.output_text.delta': delta('text'),
  'response.output_text.done': done('text', 'text'),
  'response.output_text.annotation.added': annotation,
  'response.refusal.delta': delta('refusal'),
  'response.refusal.done': done('refusal', 'refusal'),
  'response.reasoning_text.delta': delta('reasoning'),
  'response.reasoning_text.done': done('reasoning', 'text'),
  'response.reasoning_summary_text.delta': delta('reasoning-summary'),
  'response.reasoning_summary_text.done': done('reasoning-summary', 'text'),
  'response.function_call_arguments.delta': delta('arguments'),
  'response.function_call_arguments.done': done('arguments', 'arguments'),
  'response.custom_tool_call_input.delta': delta('input'),
  'response.custom_tool_call_input.done': done('input', 'input'),
  'response.mcp_call_arguments.delta': delta('mcp-arguments'),
  'response.mcp_call_arguments.done': done('mcp-arguments', 'arguments'),
  'response.code_interpreter_call_code.delta': delta('code'),
  'response.code_interpreter_call_code.done': done('code', 'code'),

  'response.web_search_call.in_progress': status('web_search_call', 'in_progress'),
  'response.web_search_call.searching': status('web_search_call', 'searching'),
  'response.web_search_call.completed': status('web_search_call', 'completed'),
  'response.file_search_call.in_progress': status('file_search_call', 'in_progress'),
  'response.file_search_call.searching': status('file_search_call', 'searching'),
  'response.file_search_call.completed': status('file_search_call', 'completed'),
  'response.code_interpreter_call.in_progress': status('code_interpreter_call', 'in_progress'),
  'response.code_interpreter_call.interpreting': status('code_interpreter_call', 'interpreting'),
  'response.code_interpreter_call.completed': status('code_interpreter_call', 'completed'),
  'response.image_generation_call.in_progress': status('image_generation_call', 'in_progress'),
  'response.image_generation_call.generating': status('image_generation_call', 'generating'),
  'response.image_generation_call.completed': status('image_generation_call', 'completed'),
  'response.image_generation_call.partial_image': partialImage,
  'response.mcp_call.in_progress': status('mcp_call', 'in_progress'),
  'response.mcp_call.completed': status('mcp_call', 'completed'),
  'response.mcp_call.failed': status('mcp_call', 'failed'),
  'response.mcp_list_tools.in_progress': status('mcp_list_tools', 'in_progress'),
  'response.mcp_list_tools.completed': status('mcp_list_tools', 'completed'),
  'response.mcp_list_tools.failed': status('mcp_list_tools', 'failed'),
  'response.compaction.compacting': status('compaction', 'compacting'),

  'response.audio.transcript.delta': transcript,
  // The bytes of the audio, and its ends, are for `onEvent`: no text of the state depends on them.
  'response.audio.transcript.done': nothing,
  'response.audio.delta': nothing,
  'response.audio.done': nothing,
} satisfies Record<string, Handler>

/** The types of events that {@link responsesEvents} knows. */
export type ResponsesEventType = keyof typeof handlers

/** What each event means that can be understood by itself, without those before it. */
export const responsesEvents: ReadonlyMap<string, Handler> = new Map(Object.entries(handlers))

function nothing() {
  // Known, and without effect on the state.
}

function metadata(event: JsonRecord, emit: Emit) {
  if (isRecord(event['response'])) emit(metadataOf(event['response']))
}

/** The type of the event decides, whatever status the response inside it names. */
function terminal(status: string): Handler {
  return (event, emit) => {
    const response = isRecord(event['response']) ? event['response'] : {}
    readResponse({ ...response, status }, emit)
  }
}

function item(type: 'item-added' | 'item-done'): Handler {
  return (event, emit) => {
    if (isRecord(event['item'])) {
      emit({ type, choice: 0, item: placeOf(event).item, value: event['item'] })
    }
  }
}

const channelOfPart = new Map<unknown, Channel>([
  ['output_text', 'text'],
  ['refusal', 'refusal'],
  ['reasoning_text', 'reasoning'],
  ['summary_text', 'reasoning-summary'],
])

/**
 * A part says again what its deltas say; it matters where a provider sends no deltas, or no citations
 * beside them.
 */
function part(event: JsonRecord, emit: Emit) {
  const value = event['part']
  if (!isRecord(value)) return
  const channel = channelOfPart.get(value['type'])
  const text = stringOf(value['text']) ?? stringOf(value['refusal'])
  if (channel === undefined || text === undefined) return
  const place = placeOf(event)
  emit(
    text === ''
      ? { type: 'delta', channel, ...place, delta: '' }
      : { type: 'done', channel, ...place, value: text },
  )
  if (channel !== 'text') return
  for (const [index, annotation] of arrayOf(value['annotations']).entries()) {
    if (isRecord(annotation)) emit({ type: 'annotation', ...place, index, annotation })
  }
}

function delta(channel: Channel): Handler {
  return (event, emit) => {
    if (typeof event['delta'] !== 'string') return
    emit({ type: 'delta', channel, ...placeOf(event), delta: event['delta'] })
    const values = arrayOf(event['logprobs'])
    if (values.length > 0) emit({ type: 'logprobs', choice: 0, values })
  }
}

function done(channel: Channel, field: string): Handler {
  return (event, emit) => {
    const value = event[field]
    if (typeof value === 'string') emit({ type: 'done', channel, ...placeOf(event), value })
  }
}

function annotation(event: JsonRecord, emit: Emit) {
  if (!isRecord(event['annotation'])) return
  const index = numberOf(event['annotation_index'])
  emit({ type: 'annotation', ...placeOf(event), index, annotation: event['annotation'] })
}

function status(type: string, value: string): Handler {
  return (event, emit) => {
    const fields = { ...identityOf(event, type), status: value }
    emit({ type: 'item-changed', choice: 0, item: placeOf(event).item, fields })
  }
}

/** The latest preview stands on the item until the item is done and has its `result`. */
function partialImage(event: JsonRecord, emit: Emit) {
  const fields = identityOf(event, 'image_generation_call')
  for (const name of ['partial_image_b64', 'partial_image_index', 'output_format']) {
    if (event[name] !== undefined) fields[name] = event[name]
  }
  emit({ type: 'item-changed', choice: 0, item: placeOf(event).item, fields })
}

function transcript(event: JsonRecord, emit: Emit) {
  if (typeof event['delta'] === 'string') {
    emit({ type: 'transcript', choice: 0, delta: event['delta'] })
  }
}
