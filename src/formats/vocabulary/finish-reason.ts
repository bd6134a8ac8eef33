/**
 * Why the model stopped, in one vocabulary for all formats: the answer is whole (`stop`), the token
 * limit was reached (`length`), a filter cut it (`content-filter`), the app is to run tools
 * (`tool-calls`), only the user's decision is missing (`approval`; see `approvals`), the model declined
 * (`refusal`), or something this package has no word for (`other`; see `rawFinishReason`).
 */
export type FinishReason =
  'stop' | 'length' | 'content-filter' | 'tool-calls' | 'approval' | 'refusal' | 'other'

const reasons = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['completed', 'stop'],
  ['length', 'length'],
  ['max_output_tokens', 'length'],
  ['content_filter', 'content-filter'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
])

/** The finish reason that a value of the wire means. */
export function finishReasonOf(raw: string): FinishReason {
  return reasons.get(raw) ?? 'other'
}
