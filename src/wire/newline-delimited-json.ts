import { splitObjects } from './joined-objects.ts'
import { checkLength, type Framer, type FramerOptions } from './framer.ts'
import { isDoneMarker } from './done-marker.ts'
import { parseOpenJson } from '../json/parse-open-json.ts'
import { parseJson } from '../json/parse-json.ts'
import { textEvent } from './wire-event.ts'

/**
 * JSON with one value per line (https://github.com/ndjson/ndjson-spec), or a single value over any number
 * of lines, from a server that ignored the request to stream.
 */
export function createJsonFramer(options: FramerOptions): Framer {
  const { frames } = options
  let held = ''
  let hasLine = false
  // A first line that is not JSON by itself begins a single value that is spread over lines.
  let isSpread = false

  function hold(text: string) {
    held += text
    checkLength(held.length, options)
  }

  /**
   * Emits the held text, if it is an event.
   *
   * @param raw its line, if the line arrived in one piece
   */
  function take(atEnd: boolean, raw?: string) {
    frames?.forget()
    // Some servers keep the prefix of server-sent events.
    let data = held.replace(/^data:/, '').trim()
    const json = parseJson(data)
    if (json === undefined && !isDoneMarker(data)) {
      const [whole, rest] = splitObjects(data)
      if (whole.length > 0 && (hasLine || atEnd || !isSpread)) {
        for (const object of whole) options.onEvent(textEvent(object, parseJson(object)))
        hasLine = true
        held = rest
        take(atEnd)
        return
      }
      isSpread = data !== '' && !hasLine && !atEnd
      if (isSpread) {
        hold('\n')
        return
      }
      data =
        malformedFirstLine(data) ??
        // A value that the end cuts off is not an event: the format decides whether the stream was
        // complete.
        (atEnd && parseOpenJson(data) !== undefined ? '' : data)
    }
    held = ''
    if (data === '') return
    hasLine = true
    const event = textEvent(data, json)
    options.onEvent(event)
    if (raw !== undefined && json !== undefined) frames?.learn(raw, event)
  }

  return {
    push(text) {
      let start = 0
      frames?.resume()
      while (!isSpread) {
        const isLineStart = held === ''
        if (isLineStart) start = frames?.read(text, start) ?? start
        const newline = text.indexOf('\n', start)
        if (newline === -1) break
        const lineStart = start
        hold(text.slice(start, newline))
        start = newline + 1
        take(false, isLineStart ? text.slice(lineStart, start) : undefined)
      }
      hold(text.slice(start))
    },
    end: () => take(true),
  }
}

/** Complete values on later lines show that this is not a single value: its first line is malformed. */
function malformedFirstLine(data: string): string | undefined {
  const [first, ...rest] = data.split('\n')
  return rest.some((line) => line.startsWith('{"') && parseJson(line) !== undefined)
    ? first
    : undefined
}
