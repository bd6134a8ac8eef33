import type { Channel, Emit } from './completion-event.ts'
import { isRecord, numberOf, stringOf, type JsonRecord } from './json.ts'

interface Call {
  item: number
  channel: 'arguments' | 'input'
  id: string | undefined
  name: string
}

/** The tool calls of one chat choice, merged from their deltas by index, or by id where there is none. */
export class ChatToolCalls {
  readonly #openItem: () => number
  readonly #byIndex = new Map<number | 'function_call', Call>()
  readonly #byId = new Map<string, Call>()
  #last: Call | undefined

  /** @param openItem takes the next place among the output's items */
  constructor(openItem: () => number) {
    this.#openItem = openItem
  }

  readDeltas(deltas: readonly unknown[], choice: number, emit: Emit) {
    for (const delta of deltas) {
      if (!isRecord(delta)) continue
      const call = this.#callOf(numberOf(delta['index']), delta, choice, emit)
      const text = textOf(delta)
      if (text) emit(stringEvent('delta', call, choice, text))
    }
  }

  /** The calls of a whole message: their arguments are whole too. */
  readWhole(calls: readonly unknown[], choice: number, emit: Emit) {
    for (const [position, value] of calls.entries()) {
      if (!isRecord(value)) continue
      const call = this.#callOf(numberOf(value['index']) ?? position, value, choice, emit)
      const text = textOf(value)
      if (text) emit(stringEvent('done', call, choice, text))
    }
  }

  /** The deprecated `function_call`: one call, without an id. */
  readFunctionCall(value: unknown, choice: number, emit: Emit, whole = false) {
    if (!isRecord(value)) return
    const text = stringOf(value['arguments'])
    // Nothing has begun yet where a server sends the field empty.
    if (!text && !stringOf(value['name'])) return
    const call = this.#callOf('function_call', { function: value }, choice, emit)
    if (text) emit(stringEvent(whole ? 'done' : 'delta', call, choice, text))
  }

  #callOf(
    index: number | 'function_call' | undefined,
    value: JsonRecord,
    choice: number,
    emit: Emit,
  ): Call {
    const id = stringOf(value['id']) || undefined
    const name = nameOf(value)
    const known =
      index !== undefined ? this.#byIndex.get(index) : this.#withoutIndex(id, name !== undefined)
    const call = known ?? this.#open(index, value, choice, emit)
    this.#last = call
    const renamed = name !== undefined && name !== call.name
    if (renamed || (id !== undefined && call.id === undefined)) {
      call.name = name ?? call.name
      call.id ??= id
      const fields = { name: call.name, ...(call.id === undefined ? {} : { call_id: call.id }) }
      emit({ type: 'item-changed', choice, item: call.item, fields })
    }
    if (id !== undefined) this.#byId.set(id, call)
    return call
  }

  /** Without an index, a delta that names nothing new goes on with the last call. */
  #withoutIndex(id: string | undefined, named: boolean): Call | undefined {
    if (id !== undefined) return this.#byId.get(id)
    return named ? undefined : this.#last
  }

  #open(
    index: number | 'function_call' | undefined,
    value: JsonRecord,
    choice: number,
    emit: Emit,
  ): Call {
    const custom = isRecord(value['custom']) || value['type'] === 'custom'
    const call: Call = {
      item: this.#openItem(),
      channel: custom ? 'input' : 'arguments',
      id: undefined,
      name: '',
    }
    if (index !== undefined) this.#byIndex.set(index, call)
    const type = custom ? 'custom_tool_call' : 'function_call'
    emit({
      type: 'item-added',
      choice,
      item: call.item,
      value: { type, status: 'in_progress', name: '', [call.channel]: '' },
    })
    return call
  }
}

function nameOf(value: JsonRecord): string | undefined {
  const tool = value['custom'] ?? value['function']
  return isRecord(tool) ? stringOf(tool['name']) || undefined : undefined
}

function textOf(value: JsonRecord): string | undefined {
  const { custom, function: tool } = value
  if (isRecord(custom)) return stringOf(custom['input'])
  return isRecord(tool) ? stringOf(tool['arguments']) : undefined
}

function stringEvent(type: 'delta' | 'done', call: Call, choice: number, text: string) {
  const channel: Channel = call.channel
  const place = { choice, item: call.item, channel, part: 0 }
  return type === 'delta' ? { type, ...place, delta: text } : { type, ...place, value: text }
}
