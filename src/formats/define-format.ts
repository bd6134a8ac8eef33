import type { Framing } from '../wire/framer.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { reportedError } from './reported-error.ts'
import type { CompletionFormat, FormatReader } from './vocabulary/format.ts'
import { OutputWriter, type FormatOutput } from './format-output.ts'
import { isDoneEvent, jsonOf } from './json-event.ts'

/** An event of the wire. `json` is the parsed data, or `undefined` if the data is not JSON. */
export type EventOf<Json> = Omit<WireEvent, 'json'> & { readonly json: Json | undefined }

/** Reads one event of a stream. */
export type ReadEvent<Json> = (event: EventOf<Json>, output: FormatOutput) => void

export interface FormatDefinition<Json> {
  /** Names the format in error messages. */
  name: string
  /** How the body is split into events. By default, this is detected from its content type and its start. */
  framing?: Framing | undefined
  /**
   * The end marker of the format, in words, for the message of a `truncated` error.
   *
   * @default 'output.end() or output.finish()'
   */
  properEnd?: string | undefined
  /**
   * Reads an event by calling methods of `output`. Called with every event, in order. At the end marker of
   * the stream, call `output.end()`, or `output.finish()` if more may follow: a body that ends without
   * either is `truncated`. The type of `json` is not checked: validate it unless you trust the server.
   * An exception thrown here ends the run with an error of kind `app`. Data that is not JSON, and for which no
   * method is called, ends it with one of kind `protocol`.
   */
  read: ReadEvent<Json>
}

/**
 * Defines a format for custom events, to pass as `format`. Errors in the usual shapes (`{ error }`, an event
 * named `error`) are detected automatically, unless `read` calls `output.ignore()`.
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

/** Like {@link defineFormat}, for a format whose events depend on the events before them. */
export function defineStatefulFormat<Json = unknown>({
  name,
  framing,
  properEnd = 'output.end() or output.finish()',
  createRead,
}: Omit<FormatDefinition<Json>, 'read'> & {
  /** Creates the function that reads one stream. */
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
      const { emitted, ignored } = output
      readEvent(event as EventOf<Json>, output)
      if (output.ended || output.ignored > ignored) return
      const error = reportedError(event)
      if (error) emit({ type: 'failed', error })
      else if (output.emitted === emitted && !isDoneEvent(event)) jsonOf(event, emit)
    },
    end(emit) {
      emit({ type: output?.finished ? 'complete' : 'truncated' })
    },
  }
}
