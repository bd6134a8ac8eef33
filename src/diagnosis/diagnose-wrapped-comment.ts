import type { WireEvent } from '../wire/wire-event.ts'
import { warnOnce } from './warn-once.ts'

/** Warns about a keep-alive comment that a gateway turned into an event (`data: : keep-alive`). */
export function diagnoseWrappedComment(event: WireEvent): void {
  try {
    // Only comments that servers are known to send: plain text may start with a colon too.
    if (
      process.env.NODE_ENV !== 'production' &&
      event.json === undefined &&
      /^\s*: ?(\w+ processing|keep-?alive|ping|heartbeat)\s*$/i.test(event.data)
    ) {
      warnOnce(
        'wrapped-comment',
        `A keep-alive comment arrived as the data of an event (${JSON.stringify(event.data)}). A gateway reads the stream line by line and wraps each line in a new event. The comment is skipped. Make the gateway forward lines that start with a colon unchanged.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
