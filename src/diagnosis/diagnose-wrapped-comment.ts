import type { WireEvent } from '../wire/wire-event.ts'
import { warnOnce } from './warn-once.ts'

/** Warns of a keep-alive comment that a gateway has made into an event (`data: : keep-alive`). */
export function diagnoseWrappedComment(event: WireEvent): void {
  try {
    // Only what servers are known to send: a piece of plain text may begin with a colon too.
    if (
      process.env.NODE_ENV !== 'production' &&
      event.json === undefined &&
      /^\s*: ?(\w+ processing|keep-?alive|ping|heartbeat)\s*$/i.test(event.data)
    ) {
      warnOnce(
        'wrapped-comment',
        `A keep-alive comment arrived as the data of an event (${JSON.stringify(event.data)}). A gateway reads the stream line by line and wraps each line anew. The comment is skipped; let the gateway pass lines that begin with a colon on as they are.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
