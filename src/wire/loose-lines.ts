import { fieldsMissing } from '../errors/protocol.ts'
import { isRecord } from '../json/json-record.ts'
import { parseJson } from '../json/parse-json.ts'
import type { FramerOptions } from './framer.ts'
import { textEvent } from './wire-event.ts'

/** The longest JSON without a field name, in UTF-16 code units. Errors are shorter. */
const longest = 65_536

/**
 * Reads the lines of an event stream that are not fields. A JSON object or array in them counts as an
 * event: some servers send their errors this way.
 */
export function createLooseLines(options: FramerOptions) {
  let held = ''
  let first = ''

  return {
    read(line: string): void {
      first ||= line
      if (held === '' && !/^\s*[[{]/.test(line)) return
      held += line + '\n'
      const json = parseJson(held)
      if (isRecord(json) || Array.isArray(json)) options.onEvent(textEvent(held.trim(), json))
      else if (held.length < longest) return
      held = ''
    },

    /** @throws CompletionError if the body had nothing but such lines */
    end(hasEvents: boolean): void {
      // A shorter line may be the beginning of a field name.
      if (first.trim().length > 4 && !hasEvents) throw fieldsMissing(first)
    },
  }
}
