import { unrecognisedEvents } from '../errors/protocol.ts'
import { recordOf, textOf } from '../json/json-record.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { isDoneEvent, keepAlive } from './json-event.ts'
import { isEnding, type Emit } from './vocabulary/completion-event.ts'
import type { FormatReader } from './vocabulary/format.ts'
import { textPathOf, withTextPath } from './text-path.ts'

/**
 * Wraps a reader so that the end of a stream counts only if any event was understood. If events carried data
 * and none was understood, the stream is neither complete nor truncated: it has an unknown format.
 */
export function expectMeaning(reader: FormatReader): FormatReader {
  let first: WireEvent | undefined
  let isUnderstood = false

  const checked =
    (emit: Emit): Emit =>
    (meaning) => {
      if (first && !isUnderstood && isEnding(meaning) && meaning.type !== 'failed') {
        emit({ type: 'failed', error: unrecognisedEvents(first.event, first.data) })
      } else {
        isUnderstood = true
        emit(meaning)
      }
    }

  const careful: FormatReader = {
    read(event, emit) {
      if (isUnderstood) {
        reader.read(event, emit)
        return
      }
      reader.read(event, checked(emit))
      if (isUnderstood as boolean) return
      const { json } = event
      const name = event.event ?? textOf(recordOf(json)['type'])
      if (
        (json !== undefined || (/^\s*[^\s:]/.test(event.data) && !isDoneEvent(event))) &&
        !keepAlive.test(name)
      ) {
        first ??= event
      }
    },
    end: (emit) => reader.end(isUnderstood ? emit : checked(emit)),
  }
  return withTextPath(careful, (...of) => textPathOf(reader, ...of))
}
