/** Characters that a sentence can end with: a quick check before the precise one. */
const enders = /[.!?…。！？‽؟।\n]/

export function mayEndSentence(text: string): boolean {
  return enders.test(text)
}

const segmenter = /* @__PURE__ */ createSegmenter()

function createSegmenter(): Intl.Segmenter | undefined {
  return typeof Intl === 'object' && 'Segmenter' in Intl
    ? new Intl.Segmenter(undefined, { granularity: 'sentence' })
    : undefined
}

/**
 * The end of the last sentence that is certainly complete, or 0. A sentence is complete once the next one has
 * begun: until then, a full stop may be a decimal point.
 */
export function lastSentenceEnd(text: string): number {
  if (!segmenter) return endByPunctuation(text)
  let last = 0
  for (const { index } of segmenter.segment(text)) last = index
  return last
}

function endByPunctuation(text: string): number {
  let end = 0
  for (const { 0: found, index } of text.matchAll(/[.!?…‽؟।]+["'”’)\]]*\s+|[。！？]+|\n+/g)) {
    end = index + found.length
  }
  return end < text.length ? end : 0
}
