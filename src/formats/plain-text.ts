import type { CompletionFormat } from './vocabulary/format.ts'

/** Reads the body as the answer. Plain text has no end marker: the end of the body is its proper end. */
export const plainText: CompletionFormat = {
  name: 'text',
  framing: 'text',
  properEnd: 'the end of the body',
  createReader: () => ({
    read({ data: delta }, emit) {
      emit({ type: 'delta', choice: 0, item: 0, channel: 'output_text', part: 0, delta })
    },
    end: (emit) => emit({ type: 'complete' }),
  }),
}
