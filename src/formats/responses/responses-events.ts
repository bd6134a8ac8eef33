import {
  channelOfPart,
  placeOfChannel,
  type Channel,
  type ChannelPlace,
} from '../vocabulary/channel.ts'
import { stringEvent, type Emit, type StringPlace } from '../vocabulary/completion-event.ts'
import {
  arrayOf,
  isRecord,
  numberOf,
  recordOf,
  stringOf,
  type JsonRecord,
} from '../../json/json-record.ts'
import { metadataOf } from '../vocabulary/metadata.ts'
import { createItemNumbering, indexOf } from './number-items.ts'
import { readResponse } from './responses-object.ts'
import { createShellReader } from './responses-shell.ts'

/** The items that have progress events, and the states in the names of these events. */
interface Progress {
  web_search_call: 'in_progress' | 'searching' | 'completed'
  file_search_call: 'in_progress' | 'searching' | 'completed'
  code_interpreter_call: 'in_progress' | 'interpreting' | 'completed'
  image_generation_call: 'in_progress' | 'generating' | 'completed' | 'partial_image'
  mcp_call: 'in_progress' | 'completed' | 'failed'
  mcp_list_tools: 'in_progress' | 'completed' | 'failed'
  compaction: 'compacting'
}

const progressing =
  /^(web_search|file_search|code_interpreter|image_generation|mcp)_call$|^mcp_list_tools$|^compaction$/

/** The names of the known events, without `response.`. */
export type ResponsesEventName =
  | 'created'
  | 'queued'
  | 'in_progress'
  | 'completed'
  | 'incomplete'
  | 'failed'
  | `${Channel}.${'delta' | 'done'}`
  | `${'output_item' | 'content_part' | 'reasoning_summary_part'}.${'added' | 'done'}`
  | 'output_text.annotation.added'
  | `audio.${'delta' | 'done' | 'transcript.delta' | 'transcript.done'}`
  | `shell_call_command.${'added' | 'delta' | 'done'}`
  | `shell_call_output_content.${'delta' | 'done'}`
  | { [Item in keyof Progress]: `${Item}.${Progress[Item]}` }[keyof Progress]

/**
 * Reads the events of one response. An event name consists of `response.`, a subject and a verb. Unknown names
 * change nothing.
 */
export function createResponsesEventReader() {
  const itemOf = createItemNumbering()
  const readShell = createShellReader()
  let name = ''
  let about = ''
  let verb = ''
  let channel: ChannelPlace | undefined

  return (nextName: string, event: JsonRecord, emit: Emit): void => {
    // Most events have the same name as the previous one.
    if (name !== nextName) {
      name = nextName
      const dot = name.lastIndexOf('.')
      // Some servers use shorter names for the events of reasoning.
      about = name
        .slice('response.'.length, dot)
        .replace(/^(reasoning(_summary)?)(_content)?$/, '$1_text')
      verb = name.slice(dot + 1)
      channel = placeOfChannel(about)
    }
    const item = itemOf(event, verb)
    const part = indexOf(event['content_index'] ?? event['summary_index']) ?? 0
    const place = { choice: 0, item, part }
    if (!channel) {
      readOther(place, event, emit)
      return
    }
    const isWhole = verb === 'done'
    const text = isWhole ? event[channel.field] : verb === 'delta' && event['delta']
    if (typeof text !== 'string') return
    emit(stringEvent(about as Channel, place, text, isWhole))
    const logprobs = arrayOf(event['logprobs'])
    if (!isWhole && logprobs.length > 0) emit({ type: 'choice', choice: 0, logprobs })
  }

  /** Separate from the strings, so that these do not create the functions below. */
  function readOther(place: StringPlace, event: JsonRecord, emit: Emit) {
    const { item: value, annotation, part: whole, response, delta } = event

    /** Changes the item, and opens it if no event has opened it. */
    const change = (type: string, fields: JsonRecord) => {
      const id = stringOf(event['item_id'])
      const value = { type, ...(id !== undefined && { id }), ...fields }
      emit({ type: 'item-changed', ...place, value })
    }
    const annotate = (value: unknown, index: number | undefined) => {
      if (isRecord(value)) emit({ type: 'annotation', ...place, index, annotation: value })
    }

    switch (about) {
      case '':
        if (/^(completed|incomplete|failed|done)$/.test(verb)) {
          const { status: said, ...fields } = recordOf(response)
          // If the type and the status disagree, the worse one counts: the other was not updated.
          const status = ['failed', 'cancelled', 'incomplete'].find(
            (end) => end === verb || end === said,
          )
          readResponse({ ...fields, status: status ?? 'completed' }, emit)
        } else if (isRecord(response)) emit(metadataOf(response))
        break
      case 'output_item':
        if (isRecord(value) && (verb === 'added' || verb === 'done')) {
          emit({ type: `item-${verb}`, ...place, value })
        }
        break
      case 'content_part':
      case 'reasoning_summary_part': {
        // A part repeats its deltas. It matters if a provider sends no deltas, or no citations with them.
        if (!isRecord(whole)) return
        const channel = channelOfPart(whole['type'])
        const text = whole['text'] ?? whole['refusal']
        if (channel === undefined || typeof text !== 'string') return
        emit(stringEvent(channel, place, text, text !== ''))
        if (channel === 'output_text') arrayOf(whole['annotations']).forEach(annotate)
        break
      }
      case 'output_text.annotation':
        annotate(annotation, numberOf(event['annotation_index']))
        break
      case 'audio.transcript':
        // Audio data and the ends of audio are available in `onEvent`; no text depends on them.
        if (typeof delta === 'string') emit({ type: 'transcript', choice: 0, delta })
        break
      case 'shell_call_command':
      case 'shell_call_output_content': {
        const isOutput = about !== 'shell_call_command'
        const of = isOutput ? 'shell_call_output' : 'shell_call'
        const path = isOutput ? (['output'] as const) : (['action', 'commands'] as const)
        const entries = readShell(place.item, isOutput, event)
        if (entries.length > 0) change(of, {})
        for (const entry of entries) emit({ type: 'entry', ...place, of, path, ...entry })
        break
      }
      default:
        if (!progressing.test(about)) return
        // The item has the latest preview until it is done and has its `result`.
        change(about, verb === 'partial_image' ? previewOf(event) : { status: verb })
    }
  }
}

function previewOf(event: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(event).filter(([name]) => /^(partial_image_|output_format$)/.test(name)),
  )
}
