import { isRecord, numberOf, recordsOf, textOf, type JsonRecord } from '../../json/json-record.ts'

/** More commands than any call has; a larger index is noise. */
const mostCommands = 10_000

/**
 * Reads the events of shell calls: a command and its output are addressed by the command's index, and
 * stand in lists inside their items.
 *
 * @returns what answers the list of an item after an event; `undefined` where nothing came of it
 */
export function createShellReader() {
  const lists = new Map<number, readonly unknown[]>()

  return (item: number, isOutput: boolean, event: JsonRecord): readonly unknown[] | undefined => {
    const index = numberOf(event['command_index']) ?? 0
    const before = lists.get(item) ?? []
    const values = isOutput
      ? nextOutputs(event, before[index])
      : [nextCommand(event, textOf(before[index]))].filter((value) => typeof value === 'string')
    if (values.length === 0 || !Number.isInteger(index) || index < 0 || index >= mostCommands) {
      return undefined
    }
    const list = before.slice(0, index)
    while (list.length < index) list.push(isOutput ? { stdout: '', stderr: '' } : '')
    const next = list.concat(values, before.slice(index + 1))
    lists.set(item, next)
    return next
  }
}

function nextCommand({ delta, command }: JsonRecord, before: string): unknown {
  return typeof delta === 'string' ? before + delta : command
}

function nextOutputs({ delta, output }: JsonRecord, before: unknown): readonly JsonRecord[] {
  if (!isRecord(delta)) return recordsOf(output)
  const { stdout, stderr } = isRecord(before) ? before : {}
  return [
    {
      ...(before as object),
      stdout: textOf(stdout) + textOf(delta['stdout']),
      stderr: textOf(stderr) + textOf(delta['stderr']),
    },
  ]
}
