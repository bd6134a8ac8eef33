import type { CompletionEvent, Emit } from './vocabulary/completion-event.ts'
import type { CompletionFormat } from './vocabulary/format.ts'

/**
 * A format for servers whose every delta repeats all of the text so far, as DashScope does unless it
 * is asked for increments. Wraps the format that they speak otherwise, for text and reasoning. Only
 * for such servers: where deltas are increments, it would take a repeated word for a repetition.
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

/** Passes on of each delta what goes beyond the text before it. */
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
      // No repetition after all: an increment loses nothing.
      texts.set(key, before + delta)
      emit(event)
    }
  }
}
