import {
  isRecord,
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../../json/json-record.ts'

/** More commands than any call has; a larger index is noise. */
const mostCommands = 10_000

/** One entry of the list of commands, or of their outputs, in the item of a shell call. */
export interface ShellEntry {
  index: number
  value: string | JsonRecord
}

/**
 * Reads the events of shell calls. Commands and their outputs are entries of lists in their items, addressed by
 * the index of the command.
 *
 * @returns a function that returns the entries that an event changes
 */
export function createShellReader() {
  /** The entries, by the place of their item and their index. */
  const known = new Map<string, ShellEntry['value']>()

  return (item: number, isOutput: boolean, event: JsonRecord): ShellEntry[] => {
    const first = numberOf(event['command_index']) ?? 0
    const before = known.get(`${item} ${first}`)
    const values = isOutput ? nextOutputs(event, before) : nextCommand(event, textOf(before))
    return values.flatMap((value, position) => {
      const index = first + position
      if (!Number.isInteger(index) || index < 0 || index >= mostCommands) return []
      known.set(`${item} ${index}`, value)
      return { index, value }
    })
  }
}

function nextCommand({ delta, command }: JsonRecord, before: string): readonly string[] {
  const next = typeof delta === 'string' ? before + delta : command
  return typeof next === 'string' ? [next] : []
}

function nextOutputs({ delta, output }: JsonRecord, before: unknown): readonly JsonRecord[] {
  if (!isRecord(delta)) return recordsOf(output)
  const { stdout, stderr, ...fields } = recordOf(before)
  return [
    {
      ...fields,
      stdout: textOf(stdout) + textOf(delta['stdout']),
      stderr: textOf(stderr) + textOf(delta['stderr']),
    },
  ]
}
