import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { checkLength, type Framer, type FramerOptions } from './framer.ts'
import { parseJson } from '../json/parse-json.ts'

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), with what real
 * servers make of them: the unknown field `error:` carries an error, and a last event without its
 * blank line counts if its data is whole.
 */
export function createServerSentEventFramer(options: FramerOptions): Framer {
  let atEnd = false
  // The parser drops an unfinished line of an unknown field, so it is only ever given whole lines:
  // where a chunk ends must not decide whether a field is seen.
  let held = ''

  const parser = createParser({
    maxBufferSize: options.maxEventLength,
    onEvent: emit,
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') checkLength(Infinity, options)
      if (error.field === 'error') emit({ event: 'error', data: error.value ?? '' })
    },
  })

  function emit({ event, id, data }: EventSourceMessage) {
    checkLength(data.length, options)
    const json = parseJson(data)
    if (json === undefined) {
      const joined = joinedEvents(data)
      for (const line of joined) emit({ event, id, data: line })
      // A cut-off tail is silence, not an event: whether the stream was whole is the format's to say.
      if (joined.length > 0 || (atEnd && data.trim() !== '[DONE]')) return
    }
    options.onEvent({ event, id, data, json })
  }

  // Comments and unknown fields are bounded too: held or not, a line must have the same outcome.
  const checkLine = (line: string) => checkLength(line.length, options, 'event: '.length)

  function feed(lines: string) {
    if (lines === '') return
    if (lines.length <= options.maxEventLength) parser.feed(lines)
    else {
      for (const [line, text = ''] of lines.matchAll(/([^\r\n]*)(?:\r\n?|\n)/g)) {
        checkLine(text)
        parser.feed(line)
      }
    }
  }

  return {
    push(text) {
      let lineEnd = text.lastIndexOf('\n') + 1
      lineEnd += text.slice(lineEnd).lastIndexOf('\r') + 1
      if (lineEnd > 0) {
        // What is held is joined to the rest of its line alone: the lines after it are read where they
        // stand, without a copy.
        const start = held === '' ? 0 : text.indexOf('\n') + 1 || lineEnd
        const line = held + text.slice(0, start)
        held = ''
        feed(line)
        feed(text.slice(start, lineEnd))
      }
      held += text.slice(lineEnd)
      checkLine(held)
    },
    end() {
      atEnd = true
      parser.feed(held + '\n\n')
    },
  }
}

/** Events whose blank lines were lost on the way arrive as one event of many data lines. */
function joinedEvents(data: string): string[] {
  if (!data.includes('\n')) return []
  const lines = data.split('\n').filter((line) => line.trim() !== '')
  const isWhole = (line: string) =>
    line.trim() === '[DONE]' || (/^\s*\{/.test(line) && parseJson(line) !== undefined)
  return lines.every(isWhole) ? lines : []
}
