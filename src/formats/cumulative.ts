import type { CompletionEvent, Emit } from './vocabulary/completion-event.ts'
import type { CompletionFormat } from './vocabulary/format.ts'

/**
 * Wraps a format for servers that repeat the whole text and reasoning in every delta, as DashScope does
 * unless the request asks for increments. Do not use it for other servers: it drops a delta that happens to
 * repeat the text so far.
 *
 * @example
 * useStreamingCompletion({ url, format: cumulative(openaiChat) })
 */
export function cumulative(format: CompletionFormat): CompletionFormat {
  return {
    ...format,
    name: `cumulative ${format.name}`,
    createReader(framing) {
      const reader = format.createReader(framing)
      const texts = new Map<string, string>()
      return {
        read: (event, emit) => reader.read(event, incrementsOnly(texts, emit)),
        end: (emit) => reader.end(emit),
      }
    },
  }
}

/** Passes on only the part of each delta that is new. */
function incrementsOnly(texts: Map<string, string>, emit: Emit): Emit {
  return (event: CompletionEvent) => {
    if (
      event.type !== 'delta' ||
      (event.channel !== 'output_text' && event.channel !== 'reasoning_text')
    ) {
      emit(event)
      return
    }
    const { choice, item, part, channel, delta } = event
    const key = `${choice} ${item} ${part} ${channel}`
    const before = texts.get(key) ?? ''
    if (delta.startsWith(before)) {
      texts.set(key, delta)
      emit({ ...event, delta: delta.slice(before.length) })
    } else if (!before.startsWith(delta)) {
      // This delta is an increment: nothing of it is dropped.
      texts.set(key, before + delta)
      emit(event)
    }
  }
}
