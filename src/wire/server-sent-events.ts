import { parseJson } from '../json/parse-json.ts'
import { parseOpenJson } from '../json/parse-open-json.ts'
import { splitObjects } from './joined-objects.ts'
import { createLooseLines } from './loose-lines.ts'
import { isDoneMarker } from './done-marker.ts'
import { checkLength, type Framer, type FramerOptions } from './framer.ts'

/** The length of `event: `, the longest field name and what may follow it: a line may be that much longer than its value. */
const nameLength = 7

/**
 * Server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation), with three
 * deviations for real servers: a field named `error` contains an error, a byte order mark may precede any
 * field, and a last event without its blank line counts if its data is complete.
 */
export function createServerSentEventFramer(options: FramerOptions): Framer {
  const { frames } = options
  /** The pieces of a line whose end has not arrived yet. */
  let pieces: string[] = []
  let piecesLength = 0
  /** The beginning of an event, held until the rest has arrived so that both are read together. */
  let beginning = ''
  /** The text ended with a carriage return. A line feed that follows belongs to it. */
  let isAfterReturn = false
  let data: string | undefined
  let event: string | undefined
  let id: string | undefined
  /** Whether a line of the next event has been read. */
  let isInEvent = false
  let atEnd = false
  let hasEvents = false
  const loose = createLooseLines({
    ...options,
    onEvent(event) {
      hasEvents = true
      options.onEvent(event)
    },
  })

  function readLine(line: string) {
    checkLength(line.length, options, nameLength)
    const colon = line.indexOf(':')
    // A comment.
    if (colon === 0) return
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    switch (name) {
      case 'data':
        data = data === undefined ? value : `${data}\n${value}`
        checkLength(data.length, options)
        break
      case 'event':
        event = value || undefined
        break
      case 'id':
        if (!value.includes('\0')) id = value
        break
      case 'error':
        emit('error', undefined, value)
        break
      case 'retry':
        break
      default:
        // Some .NET servers write a byte order mark before each event.
        if (line.startsWith('\uFEFF')) readLine(line.slice(1))
        else loose.read(line)
    }
  }

  /** @param raw the whole text of the event, if it arrived in one piece */
  function dispatch(raw: string | undefined) {
    // Escaped line breaks put the data into the name.
    const whole = data ?? (event?.includes('\\ndata:') ? event : undefined)
    const [name, ownId] = [event, id]
    data = event = id = undefined
    isInEvent = false
    if (whole !== undefined) emit(name, ownId, whole, raw)
  }

  function emit(event: string | undefined, id: string | undefined, data: string, raw?: string) {
    hasEvents = true
    frames?.forget()
    const json = parseJson(data)
    if (json === undefined) {
      // Events whose blank lines were lost in transit arrive as one event with many data lines.
      const [joined, rest] = splitObjects(data)
      if (joined[0] && (atEnd || isDoneMarker(rest) || parseJson(rest))) {
        for (const line of [...joined, rest]) emit(event, id, line)
        return
      }
      // A cut-off tail is not an event: the format decides whether the stream was complete.
      if (atEnd && isBeginning(data)) return
    }
    const whole = { event, id, data, json }
    options.onEvent(whole)
    if (raw !== undefined && json !== undefined) frames?.learn(raw, whole)
  }

  function hold(piece: string) {
    if (piece === '') return
    isInEvent = true
    pieces.push(piece)
    piecesLength += piece.length
    checkLength(piecesLength, options, nameLength)
  }

  /** Joins the held pieces with the rest of their line only. All other lines are read in place. */
  function joinHeld(rest: string): string {
    if (pieces.length === 0) return rest
    const line = pieces.join('') + rest
    pieces = []
    piecesLength = 0
    return line
  }

  function push(piece: string) {
    if (piece === '') return
    const text = beginning + piece
    beginning = ''
    let start = isAfterReturn && text.startsWith('\n') ? 1 : 0
    isAfterReturn = false
    frames?.resume()
    let eventStart: number | undefined
    let nextFeed = 0
    for (;;) {
      if (!isInEvent) {
        start = frames?.read(text, start) ?? start
        if (frames?.isIncomplete(text, start)) {
          beginning = text.slice(start)
          return
        }
        eventStart = start
      }
      if (nextFeed >= 0) nextFeed = text.indexOf('\n', start)
      // Searched in this line only: most streams have none, and frames read most of the text.
      const upToFeed = nextFeed < 0 ? text.slice(start) : text.slice(start, nextFeed)
      const length = upToFeed.indexOf('\r')
      const isReturn = length >= 0
      if (!isReturn && nextFeed < 0) break
      const end = isReturn ? start + length : nextFeed
      const next = isReturn && nextFeed === end + 1 ? end + 2 : end + 1
      isAfterReturn = isReturn && next === text.length && nextFeed < 0
      const line = joinHeld(text.slice(start, end))
      start = next
      if (line !== '') {
        isInEvent = true
        readLine(line)
      } else if (isInEvent) {
        dispatch(eventStart === undefined ? undefined : text.slice(eventStart, next))
      }
    }
    hold(text.slice(start))
  }

  return {
    push,
    end() {
      atEnd = true
      push('\n\n')
      loose.end(hasEvents)
    },
  }
}

/**
 * Whether the rest of the data may be missing. Nothing is missing if the data continues after its JSON, or if
 * its line breaks are escaped.
 */
function isBeginning(data: string): boolean {
  return /^\s*[[{"]/.test(data)
    ? // Invalid if the line break is not inside a string.
      parseOpenJson(data.replace(/\\[nr]$/, '$&]')) !== undefined
    : !data.includes('\\n')
}
