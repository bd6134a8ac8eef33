import { isDoneMarker } from '../../wire/done-marker.ts'
import type { Framing } from '../../wire/framer.ts'
import { defineStatefulFormat } from '../define-format.ts'
import type { FormatOutput } from '../format-output.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'
import { textAt, withTextPath, type TextPath } from '../text-path.ts'
import { isRecord, type JsonRecord } from '../../json/json-record.ts'
import { foreignFormatError, type DialectName } from '../recognise-format.ts'

export interface DialectDefinition {
  /** The name under which it is exported, and by which error messages call it. */
  name: DialectName
  /** What ends a stream properly, in words. */
  properEnd: string
  /** The object that a `[DONE]` stands for, where that is a proper end too. */
  doneMarker?: JsonRecord
  framing?: Framing
  /**
   * Where an event's text or reasoning stands, in the order in which it is looked for. An event that
   * equals the one before in all else must mean nothing but this text. Without it, each event is parsed.
   */
  textPaths?: readonly TextPath[]
  /** Makes what reads the objects of one stream. */
  createRead: () => (json: JsonRecord, output: FormatOutput) => void
}

/**
 * A format for events that are JSON objects. A stream fails at the first one that is plainly of another
 * format; an array of objects is as good as one after the other.
 */
export function defineDialect({
  name,
  doneMarker,
  textPaths,
  createRead,
  ...rest
}: DialectDefinition): CompletionFormat {
  const format = defineStatefulFormat({
    ...rest,
    name,
    createRead() {
      const read = createRead()
      return ({ json, data }, output) => {
        if (json === undefined && doneMarker && isDoneMarker(data)) {
          read(doneMarker, output)
          output.end()
        }
        for (const value of Array.isArray(json) ? (json as unknown[]) : [json]) {
          if (!isRecord(value)) continue
          const foreign = foreignFormatError(name, value)
          if (foreign) output.fail(foreign)
          else read(value, output)
        }
      }
    },
  })
  return textPaths
    ? {
        ...format,
        createReader: (framing) => withTextPath(format.createReader(framing), textAt(textPaths)),
      }
    : format
}
