import { stringEvent, type Emit } from '../vocabulary/completion-event.ts'
import {
  isRecord,
  numberIn,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../../json/json-record.ts'
import { parseJson } from '../../json/parse-json.ts'

interface Call {
  readonly item: number
  readonly custom: boolean
  id: string
  name: string
  /** The arguments so far, if the call has no id. */
  text: string
}

/**
 * Reads the tool calls of one choice from their deltas. The index, the id and the name together identify a
 * call, because every one of them is missing or wrong on some servers.
 *
 * @param openItem returns the next place in the output
 */
export function createToolCallReader(choice: number, openItem: () => number) {
  const calls: Call[] = []
  /** The calls by index and by id. The call of the deprecated `function_call` has an empty id. */
  const known = new Map<number | string, Call>()

  /** The call that a delta continues, or `undefined` if the delta starts a new one. */
  function find(key: number | string | undefined, id: string, name: string): Call | undefined {
    const named = id ? known.get(id) : undefined
    // Arguments alone continue the last call, even under a new index.
    const last = key === undefined || !(id || name) ? calls.at(-1) : undefined
    const call = (key === undefined ? named : known.get(key)) ?? last
    if (!name || !call) return name ? undefined : (named ?? call)
    // A new id with a name starts a new call, even under a known index.
    if (call.id) return id ? (id === call.id ? call : named) : key === undefined ? undefined : call
    // Without ids, a repeated name starts a new call if the arguments so far are complete JSON.
    const isOther = (key === undefined || id) && name !== call.name
    const isWhole = key !== '' && parseJson(call.text) !== undefined
    return call.name && (isOther || isWhole) ? undefined : call
  }

  function readCall(
    value: JsonRecord,
    key: number | string | undefined,
    whole: boolean,
    emit: Emit,
    sameAs?: Call,
  ) {
    // Some servers send both objects, one of them empty; others send neither.
    const custom = recordOf(value['custom'])
    const tool = isRecord(value['function']) ? value['function'] : value
    const id = textOf(value['id'] ?? value['tool_use_id'])
    // Gemini's signature of its thoughts, which it requires back with the call.
    const { extra_content: extra } = value
    const name = textOf(custom['name']) || textOf(tool['name'])
    const input = custom['input'] ?? tool['arguments'] ?? tool['input'] ?? tool['parameters']
    const text = textOfArguments(input)
    const before = sameAs ?? find(key, id, name)
    // Text alone may begin a call. A value without text, id and name is not a call.
    if (!before && !id && !name && !textOf(input)) return
    const call = before ?? {
      item: openItem(),
      custom: value['type'] === 'custom' || 'name' in custom,
      id: '',
      name: '',
      text: '',
    }
    if (!before) calls.push(call)
    if (key !== undefined) known.set(key, call)
    if (id) known.set(id, call)
    const place = { choice, item: call.item }
    if (!before || (name && name !== call.name) || (id && !call.id) || extra) {
      // Some servers split the name, others repeat it.
      call.name = name.startsWith(call.name) ? name : call.name + name
      call.id ||= id
      emit({
        type: 'item-changed',
        ...place,
        value: {
          type: call.custom ? 'custom_tool_call' : 'function_call',
          status: 'in_progress',
          name: call.name,
          ...(call.id && { call_id: call.id }),
          ...(extra != null && { extra_content: extra }),
        },
      })
    }
    if (!text) return
    if (!call.id) call.text += text
    const channel = call.custom ? 'custom_tool_call_input' : 'function_call_arguments'
    emit(stringEvent(channel, { ...place, part: 0 }, text, whole))
  }

  /** @param whole whether the message, with the arguments of its calls, is complete */
  return (message: JsonRecord, whole: boolean, emit: Emit): void => {
    const { function_call: called } = message
    const values = callsIn(message)
    for (const [position, value] of values.entries()) {
      const index = numberIn(value['index'])
      // The calls of a complete message are in the order in which they began.
      const same = whole && index === undefined
      readCall(
        value,
        index,
        whole,
        emit,
        same ? (known.get(textOf(value['id'])) ?? calls[position]) : undefined,
      )
    }
    // Some servers repeat the call in both fields.
    if (!values[0] && isRecord(called)) readCall({ function: called }, '', whole, emit)
  }
}

/**
 * The calls of a message or a delta: a list, a single call, an object with the indexes as keys, or Anthropic's
 * `tool_use` blocks in the content or as the delta.
 */
function callsIn(message: JsonRecord): readonly JsonRecord[] {
  const { toolCalls, tool_calls: calls = toolCalls, type, content } = message
  if (isRecord(calls)) {
    const entries = Object.entries(calls)
    return entries.every(([key]) => numberIn(key) !== undefined)
      ? entries.map(([index, call]) => ({ index, ...recordOf(call) }))
      : [calls]
  }
  if (calls) return recordsOf(calls)
  return (type ? [message] : recordsOf(content)).filter((block) => block['type'] === 'tool_use')
}

/** Arguments may also be parsed JSON. */
function textOfArguments(value: unknown): string {
  return value && typeof value === 'object' ? JSON.stringify(value) : textOf(value)
}
