import { finishChunk, textChunk } from './chat.ts'

/** The events of a whole answer. */
export const events = [textChunk('Hel'), textChunk('lo'), finishChunk()]

/** A source as an async iterable of events, as the `openai` package gives one. */
export async function* generated(pieces: readonly unknown[]) {
  yield* pieces
}

/** A source as a stream of bytes, text or events. */
export function streamed(pieces: readonly unknown[]): ReadableStream<unknown> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}
