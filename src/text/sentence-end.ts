/** What a sentence can end with: enough to know when it is not worth looking closer. */
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
 * Where the last sentence ends that is certainly whole; 0 where none is. A sentence is whole once the
 * next one has begun: until then a full stop may be a decimal point.
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
