import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { eventTooLong, type Framer, type FramerOptions } from './framer.ts'
import { parseJson } from './wire-event.ts'

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), with what real
 * servers make of them: the unknown field `error:` carries an error, and a last event without its
 * blank line counts if its data is whole.
 */
export function createServerSentEventFramer({ onEvent, maxEventLength }: FramerOptions): Framer {
  let atEnd = false

  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent: emit,
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') throw eventTooLong(maxEventLength)
      if (error.type === 'unknown-field' && error.field === 'error') {
        emit({ event: 'error', data: error.value ?? '' })
      }
    },
  })

  function emit({ event, id, data }: EventSourceMessage) {
    if (data.length > maxEventLength) throw eventTooLong(maxEventLength)
    const json = parseJson(data)
    const joined = json === undefined ? joinedEvents(data) : undefined
    if (joined) {
      for (const line of joined) emit({ event, id, data: line })
      return
    }
    // A cut-off tail is silence, not an event: whether the stream was whole is the format's to say.
    if (atEnd && json === undefined && data.trim() !== '[DONE]') return
    onEvent({ event, id, data, json })
  }

  // The parser drops an unfinished line of an unknown field, so it is only ever given whole lines:
  // where a chunk ends must not decide whether a field is seen.
  let held: string[] = []
  let heldLength = 0
  // Comments and unknown fields are bounded too: held or not, a line must have the same outcome.
  const maxLineLength = maxEventLength + 'event: '.length

  return {
    push(text) {
      const lineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1
      if (lineEnd > 0) {
        const lines = text.slice(0, lineEnd)
        const whole = heldLength === 0 ? lines : held.join('') + lines
        held = []
        heldLength = 0
        const fitting = lengthOfFittingLines(whole, maxLineLength)
        parser.feed(whole.slice(0, fitting))
        if (fitting < whole.length) throw eventTooLong(maxEventLength)
      }
      if (lineEnd === text.length) return
      held.push(lineEnd === 0 ? text : text.slice(lineEnd))
      heldLength += text.length - lineEnd
      if (heldLength > maxLineLength) throw eventTooLong(maxEventLength)
    },
    end() {
      atEnd = true
      parser.feed(held.join('') + '\n\n')
    },
  }
}

/** The length of the lines before the first that is too long. */
function lengthOfFittingLines(text: string, maxLineLength: number): number {
  if (text.length <= maxLineLength) return text.length
  let start = 0
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
    if (index - start > maxLineLength) return start
    start = index + end.length
  }
  return text.length
}

/** Events whose blank lines were lost on the way arrive as one event of many data lines. */
function joinedEvents(data: string): string[] | undefined {
  if (!data.includes('\n')) return undefined
  const lines = data.split('\n').filter((line) => line.trim() !== '')
  const whole = (line: string) =>
    line.trim() === '[DONE]' || (line.trimStart().startsWith('{') && parseJson(line) !== undefined)
  return lines.every(whole) ? lines : undefined
}
