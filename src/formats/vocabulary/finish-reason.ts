/**
 * Why the model stopped, in one vocabulary for all formats: the answer is whole (`stop`), the token
 * limit was reached (`length`), a filter cut it (`content-filter`), the app is to run tools
 * (`tool-calls`), only the user's decision is missing (`approval`; see `approvals`), the model declined
 * (`refusal`), or something this package has no word for (`other`; see `rawFinishReason`).
 */
export type FinishReason =
  'stop' | 'length' | 'content-filter' | 'tool-calls' | 'approval' | 'refusal' | 'other'

/** What the words of all servers begin with or contain, lower case. */
const words: readonly (readonly [FinishReason, RegExp])[] = [
  ['tool-calls', /^(tool|function)/],
  [
    'content-filter',
    /filter|safety|sensitive|recitation|block|prohibited|spii|guard|moderat|armor/,
  ],
  ['length', /length|max_(\w+_)?tokens|token_limit|window/],
  ['stop', /^(stop|end|eos|completed?$|done|finish|success|normal)/],
  ['refusal', /^refus/],
]

const failures = /(^|_)error|insufficient|malformed|unexpected|too_many|abort|cancel|timeout/

/** What servers write where they mean that there is no reason yet. */
const none = /^(null|not_finished|.*unspecified)?$/

/** The finish reason that a value of the wire means. */
export function finishReasonOf(raw: string): FinishReason {
  const word = wordOf(raw)
  return words.find(([, pattern]) => pattern.test(word))?.[0] ?? 'other'
}

/** Whether a finish reason says that the provider failed. */
export function isFailure(raw: string): boolean {
  return failures.test(wordOf(raw))
}

/** Whether a finish reason says that the model has not stopped yet. */
export function isNoReason(raw: string): boolean {
  return none.test(wordOf(raw))
}

function wordOf(raw: string): string {
  return raw.toLowerCase().replaceAll('-', '_')
}
