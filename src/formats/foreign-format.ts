import { CompletionError } from '../errors.ts'
import { detectFormatName } from './detect-format.ts'
import type { JsonRecord } from './json.ts'

/** The error for a stream that is plainly in another format than the one asked for. */
export function foreignFormatError(asked: string, json: JsonRecord): CompletionError | undefined {
  const seen = detectFormatName(json)
  if (seen === undefined || seen === asked) return undefined
  return new CompletionError({
    kind: 'protocol',
    message: `Asked for the format '${asked}', but the stream carries '${seen}' events. Set format to '${seen}' or 'auto', or check which API the proxy calls.`,
  })
}
