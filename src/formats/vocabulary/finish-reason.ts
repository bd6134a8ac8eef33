/**
 * Why the model stopped, in one vocabulary for all formats: the answer is whole (`stop`), the token
 * limit was reached (`length`), a filter cut it (`content-filter`), the app is to run tools
 * (`tool-calls`), only the user's decision is missing (`approval`; see `approvals`), the model declined
 * (`refusal`), or something this package has no word for (`other`; see `rawFinishReason`).
 */
export type FinishReason =
  'stop' | 'length' | 'content-filter' | 'tool-calls' | 'approval' | 'refusal' | 'other'

/** What the words of all servers begin with or contain. */
const words: readonly (readonly [FinishReason, RegExp])[] = [
  ['tool-calls', /^(tool|function)/i],
  [
    'content-filter',
    /filter|safety|sensitive|recitation|block|policy|prohibited|spii|guard|moderat|armor/i,
  ],
  ['length', /length|max.?(\w+.)?tokens|(token|output).limit|window/i],
  ['stop', /^((natural|hit)_?)?stop|^(end|eo[st]|completed?$|done|finish|success|normal)/i],
  ['refusal', /^refus/i],
]

const failures =
  /error|fail|insufficient|malformed|missing|unexpected|too.many|abort|cancel|timeout/i

/** What servers write where they mean that there is no reason yet. */
const none = /^(null|none|undefined|not.finished|.*unspecified)?$/i

/** The finish reason that a value of the wire means. */
export function finishReasonOf(raw: string): FinishReason {
  return words.find(([, pattern]) => pattern.test(raw))?.[0] ?? 'other'
}

/** Whether a finish reason says that the provider failed. */
export function isFailure(raw: string): boolean {
  return failures.test(raw)
}

/** Whether a finish reason says that the model has not stopped yet. */
export function isNoReason(raw: string): boolean {
  return none.test(raw)
}
