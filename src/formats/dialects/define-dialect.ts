import { isDoneMarker } from '../../wire/done-marker.ts'
import type { Framing } from '../../wire/framer.ts'
import { defineStatefulFormat } from '../define-format.ts'
import type { FormatOutput } from '../format-output.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'
import { textAt, withTextPath, type TextPath } from '../text-path.ts'
import { isRecord, type JsonRecord } from '../../json/json-record.ts'
import { foreignFormatError, type DialectName } from '../recognise-format.ts'

export interface DialectDefinition {
  /** The name of the export, which error messages use. */
  name: DialectName
  /** The proper end of a stream, in words. */
  properEnd: string
  /** The object that `[DONE]` stands for, if that is a proper end too. */
  doneMarker?: JsonRecord
  framing?: Framing
  /**
   * The paths to the text or reasoning of an event, in the order in which they are tried. An event that
   * differs from the previous one only there must mean nothing but this text. Without paths, each event is
   * parsed.
   */
  textPaths?: readonly TextPath[]
  /** Creates the function that reads the objects of one stream. */
  createRead: () => (json: JsonRecord, output: FormatOutput) => void
}

/**
 * Defines a format whose events are JSON objects. The stream fails at the first object that clearly belongs to
 * another format. An array is read as its objects, one by one.
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
