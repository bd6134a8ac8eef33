import { scriptEvents, type PaceOptions, type ScriptedStream } from './scripted-stream.ts'

export interface RecordedStreamOptions extends PaceOptions {
  /** @default 'text/event-stream' */
  contentType?: string | undefined
}

/**
 * A script of a body that was recorded: server-sent events, in any format, as they came. Each event is
 * a piece, comments included; `chunkBytes` cuts it otherwise.
 */
export function recordedStream(
  body: string,
  { contentType = 'text/event-stream', ...pace }: RecordedStreamOptions = {},
): ScriptedStream {
  // Lines may end in any of the three ways; the blank line that ends an event belongs to it.
  const events = body.match(/[^]*?(?:\r\n\r\n|\n\n|\r\r|$)/g) ?? []
  return scriptEvents(
    events.filter((event) => event !== ''),
    contentType,
    pace,
  )
}
