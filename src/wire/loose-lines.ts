import { fieldsMissing } from '../errors/protocol.ts'
import { isRecord } from '../json/json-record.ts'
import { parseJson } from '../json/parse-json.ts'
import type { FramerOptions } from './framer.ts'
import { textEvent } from './wire-event.ts'

/** How much JSON without a field is read together, in UTF-16 code units: an error is never longer. */
const longest = 65_536

/**
 * Reads the lines of an event stream that are no field. An object that they make up is an event all the
 * same: servers write their errors so.
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
      // What is shorter than a field's name may be the beginning of one.
      if (first.trim().length > 4 && !hasEvents) throw fieldsMissing(first)
    },
  }
}
