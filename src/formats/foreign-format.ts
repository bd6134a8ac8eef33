import { CompletionError } from '../errors.ts'
import { detectFormatName, type DetectedFormat } from './detect-format.ts'
import type { JsonRecord } from './json.ts'
import { describeDialect, recogniseDialect, type DialectName } from './recognise-dialect.ts'

/** The error for a stream that is plainly in another format than the one asked for. */
export function foreignFormatError(
  asked: DetectedFormat | DialectName,
  json: JsonRecord,
): CompletionError | undefined {
  const seen = detectFormatName(json)
  if (seen === asked) return undefined
  if (seen !== undefined) {
    return foreign(
      `Asked for the format '${asked}', but the stream carries '${seen}' events. Set format to '${seen}' or 'auto', or check which API the proxy calls.`,
    )
  }
  const dialect = recogniseDialect(json)
  return dialect === undefined || dialect === asked
    ? undefined
    : foreign(`Asked for the format '${asked}', but ${describeDialect(dialect)}`)
}

/** The error for a stream in a dialect where only the formats of every bundle were looked for. */
export function unreadDialectError(json: JsonRecord): CompletionError | undefined {
  const dialect = recogniseDialect(json)
  return (
    dialect &&
    foreign(`'auto' reads OpenAI's formats and plain text, but ${describeDialect(dialect)}`)
  )
}

function foreign(message: string): CompletionError {
  return new CompletionError({ kind: 'protocol', message })
}
