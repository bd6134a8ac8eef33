import { binaryBody, htmlPage, unreadDataStream } from '../errors/protocol.ts'
import type { BodyOptions, Framer, Framing } from './framer.ts'
import { createJsonFramer } from './newline-delimited-json.ts'
import { createServerSentEventFramer } from './server-sent-events.ts'
import { sniffFraming, sniffLength } from './sniff-framing.ts'
import { createTextFramer } from './text-framing.ts'

const framers = {
  'server-sent-events': createServerSentEventFramer,
  json: createJsonFramer,
  text: createTextFramer,
}

/** Cuts a body into events. Its content type and its beginning determine the framing. */
export function createAnyFramer(options: BodyOptions): Framer {
  const contentType = (options.contentType ?? '').replace(/;.*/s, '').trim().toLowerCase()
  let framer: Framer | undefined
  let head = ''

  function begin(framing: Framing) {
    options.onFraming(framing)
    framer = framers[framing](options)
    framer.push(head)
  }

  /** @param isLast whether the body has ended */
  function sniff(isLast: boolean) {
    // Never more than this, so that the result does not depend on how the network splits the body.
    const beginning = head.slice(0, sniffLength)
    const framing = sniffFraming(contentType, beginning, isLast || head.length >= sniffLength)
    if (framing === 'html') throw htmlPage(contentType)
    if (framing === 'data-stream') throw unreadDataStream()
    if (framing === 'binary') throw binaryBody(contentType)
    if (framing) begin(framing)
  }

  if (options.framing) begin(options.framing)

  return {
    push(text) {
      if (framer) {
        framer.push(text)
        return
      }
      head += text
      sniff(false)
    },
    end() {
      if (!framer) sniff(true)
      framer?.end()
    },
  }
}
