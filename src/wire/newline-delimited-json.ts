import { eventTooLong, type Framer, type FramerOptions } from './framer.ts'
import { parseJson } from './wire-event.ts'

/**
 * JSON, one value a line (https://github.com/ndjson/ndjson-spec), or one value alone over any number
 * of lines: what a server sends that was asked to stream and did not.
 */
export function createJsonFramer({ onEvent, maxEventLength }: FramerOptions): Framer {
  let held: string[] = []
  let heldLength = 0
  let lines = 0
  // A first line that is no JSON by itself is the beginning of one value spread over lines.
  let spread = false

  function hold(text: string) {
    held.push(text)
    heldLength += text.length
    if (heldLength > maxEventLength) throw eventTooLong(maxEventLength)
  }

  function take(): string {
    const text = held.join('')
    held = []
    heldLength = 0
    return text
  }

  function emit(line: string) {
    // Servers that switch to this framing in mid-stream, or only half do, keep the SSE prefix.
    const data = line.replace(/^data:/, '').trim()
    if (data === '') return
    const json = parseJson(data)
    if (json === undefined && lines === 0 && data !== '[DONE]') {
      spread = true
      hold(line + '\n')
      return
    }
    lines++
    onEvent({ event: undefined, id: undefined, data, json })
  }

  return {
    push(text) {
      let start = 0
      while (!spread) {
        const newline = text.indexOf('\n', start)
        if (newline === -1) break
        hold(text.slice(start, newline))
        start = newline + 1
        emit(take())
      }
      if (start < text.length) hold(text.slice(start))
    },
    end() {
      const data = take()
        .replace(/^data:/, '')
        .trim()
      if (data === '') return
      const json = parseJson(data)
      const malformed = json === undefined && spread ? malformedFirstLine(data) : undefined
      // A value cut off by the end is silence: whether the stream was whole is the format's to say.
      if (json === undefined && /^[[{"]/.test(data) && data !== '[DONE]' && !malformed) return
      onEvent({ event: undefined, id: undefined, data: malformed ?? data, json })
    },
  }
}

/** Whole values on later lines show that this was not one value, but lines of which the first is broken. */
function malformedFirstLine(data: string): string | undefined {
  const [first, ...rest] = data.split('\n')
  const isWhole = (line: string) => line.startsWith('{"') && parseJson(line) !== undefined
  return rest.some(isWhole) ? first : undefined
}
