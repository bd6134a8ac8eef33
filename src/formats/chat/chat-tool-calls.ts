import type { Emit } from '../vocabulary/completion-event.ts'
import { isRecord, numberOf, recordOf, textOf, type JsonRecord } from '../../json/json-record.ts'

interface Call {
  readonly item: number
  readonly custom: boolean
  id: string
  name: string
}

/**
 * Reads the tool calls of one choice, merged from their deltas by index, or by id where there is none.
 *
 * @param openItem takes the next place among the output's items
 */
export function createToolCallReader(choice: number, openItem: () => number) {
  /** By index and by id; the one call of the deprecated `function_call` by an empty id. */
  const calls = new Map<number | string, Call>()
  let last: Call | undefined

  /** Without an index, a delta that names nothing new goes on with the last call. */
  function find(key: number | string | undefined, id: string, name: string): Call | undefined {
    if (key !== undefined) return calls.get(key)
    return id ? calls.get(id) : name ? undefined : last
  }

  function readCall(
    value: JsonRecord,
    key: number | string | undefined,
    whole: boolean,
    emit: Emit,
  ) {
    const tool = recordOf(value['custom'] ?? value['function'])
    const id = textOf(value['id'])
    const name = textOf(tool['name'])
    const text = textOf(tool['input'] ?? tool['arguments'])
    const known = find(key, id, name)
    const custom = isRecord(value['custom']) || value['type'] === 'custom'
    const call = (last = known ?? { item: openItem(), custom, id: '', name: '' })
    if (key !== undefined) calls.set(key, call)
    if (id) calls.set(id, call)
    const place = { choice, item: call.item }
    if (!known || (name && name !== call.name) || (id && !call.id)) {
      call.name = name || call.name
      call.id ||= id
      emit({
        type: 'item-changed',
        ...place,
        value: {
          type: call.custom ? 'custom_tool_call' : 'function_call',
          status: 'in_progress',
          name: call.name,
          ...(call.id && { call_id: call.id }),
        },
      })
    }
    if (!text) return
    const channel = call.custom ? 'custom_tool_call_input' : 'function_call_arguments'
    emit(
      whole
        ? { type: 'done', ...place, channel, part: 0, value: text }
        : { type: 'delta', ...place, channel, part: 0, delta: text },
    )
  }

  /** @param whole whether the message is whole, and so are the arguments of its calls */
  return (message: JsonRecord, whole: boolean, emit: Emit): void => {
    const { tool_calls: values, function_call: called } = message
    if (Array.isArray(values)) {
      for (const [position, value] of (values as unknown[]).entries()) {
        if (!isRecord(value)) continue
        const index = numberOf(value['index']) ?? (whole ? position : undefined)
        readCall(value, index, whole, emit)
      }
    }
    // Nothing has begun yet where a server sends the field empty.
    if (isRecord(called) && (textOf(called['name']) || textOf(called['arguments']))) {
      readCall({ function: called }, '', whole, emit)
    }
  }
}
