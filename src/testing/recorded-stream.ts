import { scriptEvents, type PaceOptions, type ScriptedStream } from './scripted-stream.ts'

export interface RecordedStreamOptions extends PaceOptions {
  /** @default 'text/event-stream' */
  contentType?: string | undefined
}

/**
 * Scripts a recorded body in any format, unchanged. Each event is a chunk, including comments. In a body
 * that is not server-sent events (newline-delimited JSON, text), each line is a chunk. `chunkBytes` sets
 * another length.
 */
export function recordedStream(
  body: string,
  { contentType = 'text/event-stream', ...pace }: RecordedStreamOptions = {},
): ScriptedStream {
  // Lines may have any of the three line endings. A chunk includes its line ending.
  const piece = contentType.startsWith('text/event-stream')
    ? /[^]*?(?:\r\n\r\n|\n\n|\r\r|$)/g
    : /[^]*?(?:\r\n?|\n|$)/g
  const pieces = body.match(piece) ?? []
  return scriptEvents(
    pieces.filter((piece) => piece !== ''),
    contentType,
    pace,
  )
}
