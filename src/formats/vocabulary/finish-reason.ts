/**
 * Why the model stopped, in one vocabulary for all formats: the answer is complete (`stop`), the token limit was
 * reached (`length`), a filter cut the answer (`content-filter`), the app must run tools (`tool-calls`), the
 * user must decide (`approval`; see `approvals`), the model declined (`refusal`), or any other reason (`other`;
 * see `rawFinishReason`).
 */
export type FinishReason =
  'stop' | 'length' | 'content-filter' | 'tool-calls' | 'approval' | 'refusal' | 'other'

/** Patterns for the finish reasons of all servers. The first match counts. */
const words: readonly (readonly [FinishReason, RegExp])[] = [
  ['tool-calls', /^(tool|function)/i],
  [
    'content-filter',
    /filter|safety|sensitive|recitation|block|black|policy|prohibited|spii|guard|moderat|armor/i,
  ],
  ['length', /length|max.?(output|(\w+.)?tokens)|(token|output).limit|window/i],
  ['stop', /^((natural|hit)_?)?stop|^(end|eo[st]|completed?$|done|finish|success|normal)/i],
  ['refusal', /^refus/i],
]

const failures =
  /error|fail|insufficient|malformed|missing|unexpected|too.many|abort|cancel|timeout/i

/** The values that servers send if there is no reason yet. */
const none = /^(null|none|undefined|not.finished|.*unspecified)?$/i

/** Normalises the finish reason of a server. */
export function finishReasonOf(raw: string): FinishReason {
  return words.find(([, pattern]) => pattern.test(raw))?.[0] ?? 'other'
}

/** Whether a finish reason means that the provider failed. */
export function isFailure(raw: string): boolean {
  return failures.test(raw)
}

/** Whether a finish reason means that the model has not stopped yet. */
export function isNoReason(raw: string): boolean {
  return none.test(raw)
}
