import type { Emit } from './completion-event.ts'
import { arrayOf, isRecord, numberOf, stringOf, type JsonRecord } from './json.ts'
import type { Handler } from './responses-events.ts'
import { identityOf, placeOf } from './responses-place.ts'

/** The types of events that {@link createShellEvents} knows. */
export type ShellEventType =
  `response.shell_call_${'command.added' | 'command.delta' | 'command.done' | 'output_content.delta' | 'output_content.done'}`

/** More commands than any call has; a larger index is noise. */
const mostCommands = 10_000

/**
 * The events of shell calls, stream by stream: a command and its output are addressed by the command's
 * index, and stand in lists inside their items.
 */
export function createShellEvents(): ReadonlyMap<string, Handler> {
  const commands = new Map<number, string[]>()
  const outputs = new Map<number, JsonRecord[]>()

  function listOf<T>(lists: Map<number, T[]>, item: number): T[] {
    const list = lists.get(item) ?? []
    lists.set(item, list)
    return list
  }

  function command(change: (before: string, event: JsonRecord) => unknown): Handler {
    return (event, emit) => {
      const { item } = placeOf(event)
      const index = indexOf(event)
      if (index === undefined) return
      const list = listOf(commands, item)
      const next = change(list[index] ?? '', event)
      if (typeof next !== 'string') return
      while (list.length < index) list.push('')
      list[index] = next
      const fields = { ...identityOf(event, 'shell_call'), action: { commands: [...list] } }
      emit({ type: 'item-changed', choice: 0, item, fields })
    }
  }

  function emitOutput(event: JsonRecord, list: readonly JsonRecord[], emit: Emit) {
    const fields = { ...identityOf(event, 'shell_call_output'), output: [...list] }
    emit({ type: 'item-changed', choice: 0, item: placeOf(event).item, fields })
  }

  const handlers: Record<ShellEventType, Handler> = {
    'response.shell_call_command.added': command((before, event) => event['command'] ?? before),
    'response.shell_call_command.delta': command((before, event) =>
      typeof event['delta'] === 'string' ? before + event['delta'] : undefined,
    ),
    'response.shell_call_command.done': command((_, event) => event['command']),

    'response.shell_call_output_content.delta': (event, emit) => {
      const index = indexOf(event)
      const delta = event['delta']
      if (index === undefined || !isRecord(delta)) return
      const list = listOf(outputs, placeOf(event).item)
      while (list.length <= index) list.push({ stdout: '', stderr: '' })
      const before = list[index]
      list[index] = {
        ...before,
        stdout: textOf(before?.['stdout']) + textOf(delta['stdout']),
        stderr: textOf(before?.['stderr']) + textOf(delta['stderr']),
      }
      emitOutput(event, list, emit)
    },
    'response.shell_call_output_content.done': (event, emit) => {
      const index = indexOf(event)
      const output = arrayOf(event['output']).filter(isRecord)
      if (index === undefined || output.length === 0) return
      const { item } = placeOf(event)
      const list = listOf(outputs, item)
      while (list.length < index) list.push({ stdout: '', stderr: '' })
      // Not spread into a call: there is no limit to how many there are.
      const next = [...list.slice(0, index), ...output, ...list.slice(index + 1)]
      outputs.set(item, next)
      emitOutput(event, next, emit)
    },
  }
  return new Map(Object.entries(handlers))
}

function indexOf(event: JsonRecord): number | undefined {
  const index = numberOf(event['command_index']) ?? 0
  return Number.isInteger(index) && index >= 0 && index < mostCommands ? index : undefined
}

function textOf(value: unknown): string {
  return stringOf(value) ?? ''
}
