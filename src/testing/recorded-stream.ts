import { scriptEvents, type PaceOptions, type ScriptedStream } from './scripted-stream.ts'

export interface RecordedStreamOptions extends PaceOptions {
  /** @default 'text/event-stream' */
  contentType?: string | undefined
}

/**
 * A script of a body that was recorded, in any format, as it came. Each event is a piece, comments
 * included; of what is not server-sent events by its content type (newline-delimited JSON, text), each
 * line. `chunkBytes` cuts it otherwise.
 */
export function recordedStream(
  body: string,
  { contentType = 'text/event-stream', ...pace }: RecordedStreamOptions = {},
): ScriptedStream {
  // Lines may end in any of the three ways; what ends a piece belongs to it.
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
