import { isRecord, numberOf, recordsOf, textOf, type JsonRecord } from '../../json/json-record.ts'

/** More commands than any call has; a larger index is noise. */
const mostCommands = 10_000

/** One entry of the list of commands, or of their outputs, in the item of a shell call. */
export interface ShellEntry {
  index: number
  value: string | JsonRecord
}

/**
 * Reads the events of shell calls: a command and its output are addressed by the command's index, and
 * stand in lists inside their items.
 *
 * @returns what answers the entries that an event changes
 */
export function createShellReader() {
  const lists = new Map<number, Map<number, ShellEntry['value']>>()

  return (item: number, isOutput: boolean, event: JsonRecord): ShellEntry[] => {
    const first = numberOf(event['command_index']) ?? 0
    const list = lists.get(item) ?? new Map<number, ShellEntry['value']>()
    lists.set(item, list)
    const values = isOutput
      ? nextOutputs(event, list.get(first))
      : [nextCommand(event, textOf(list.get(first)))]
    const entries: ShellEntry[] = []
    for (const [position, value] of values.entries()) {
      const index = first + position
      if (value === undefined || !Number.isInteger(index) || index < 0 || index >= mostCommands)
        continue
      list.set(index, value)
      entries.push({ index, value })
    }
    return entries
  }
}

function nextCommand({ delta, command }: JsonRecord, before: string): string | undefined {
  if (typeof delta === 'string') return before + delta
  return typeof command === 'string' ? command : undefined
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
