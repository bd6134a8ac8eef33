import type { Framing } from '../wire/framer.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { reportedError } from './reported-error.ts'
import type { CompletionFormat, FormatReader } from './vocabulary/format.ts'
import { OutputWriter, type FormatOutput } from './format-output.ts'
import { isDoneEvent, jsonOf } from './json-event.ts'

/** An event of the wire whose `json` is what the data parses to, if it is JSON at all. */
export type EventOf<Json> = Omit<WireEvent, 'json'> & { readonly json: Json | undefined }

/** Reads one event of a stream. */
export type ReadEvent<Json> = (event: EventOf<Json>, output: FormatOutput) => void

export interface FormatDefinition<Json> {
  /** Names the format in error messages. */
  name: string
  /** How the body is cut into events. By default its content type and its beginning decide. */
  framing?: Framing | undefined
  /**
   * The end marker of the format, in words, for the message of a `truncated` error.
   *
   * @default 'output.end() or output.finish()'
   */
  properEnd?: string | undefined
  /**
   * Says what an event means by calling methods of `output`. Call `output.end()`, or `output.finish()`
   * where more may follow, at the stream's own end marker: a body that ends without it is `truncated`.
   * Called with every event in order. `json` comes from the wire: trust its type no further than you
   * trust the server. What it throws ends the run with an error of kind `protocol`, and so does data
   * that is not JSON and that it makes nothing of.
   */
  read: ReadEvent<Json>
}

/**
 * A format for a proxy's own events, to pass as `format`. Errors in the usual shapes (`{ error }`, an
 * event named `error`) are found by themselves.
 *
 * @example
 * const acme = defineFormat<{ token?: string; done?: boolean }>({
 *   name: 'acme',
 *   read({ json }, output) {
 *     if (json?.token) output.text(json.token)
 *     if (json?.done) output.end()
 *   },
 * })
 */
export function defineFormat<Json = unknown>(definition: FormatDefinition<Json>): CompletionFormat {
  return defineStatefulFormat({ ...definition, createRead: () => definition.read })
}

/** As {@link defineFormat}, for a format whose events mean something only together with those before. */
export function defineStatefulFormat<Json = unknown>({
  name,
  framing,
  properEnd = 'output.end() or output.finish()',
  createRead,
}: Omit<FormatDefinition<Json>, 'read'> & {
  /** Makes what reads one stream. */
  createRead: () => ReadEvent<Json>
}): CompletionFormat {
  return {
    name,
    properEnd,
    ...(framing && { framing }),
    createReader: () => createReader(createRead()),
  }
}

function createReader<Json>(readEvent: ReadEvent<Json>): FormatReader {
  let output: OutputWriter | undefined
  return {
    read(event, emit) {
      output ??= new OutputWriter(emit)
      const before = output.emitted
      readEvent(event as EventOf<Json>, output)
      if (output.ended) return
      const error = reportedError(event)
      if (error) emit({ type: 'failed', error })
      else if (output.emitted === before && !isDoneEvent(event)) jsonOf(event, emit)
    },
    end(emit) {
      emit({ type: output?.finished ? 'complete' : 'truncated' })
    },
  }
}
