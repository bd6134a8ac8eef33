/**
 * Why the model stopped, in one vocabulary for all formats: the answer is whole (`stop`), the token
 * limit was reached (`length`), a filter cut it (`content-filter`), the app is to run tools
 * (`tool-calls`), the model declined (`refusal`), or something this package has no word for
 * (`other`; see `rawFinishReason`).
 */
export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'refusal' | 'other'

/** The finish reason that a value of the wire means. */
export function finishReasonOf(raw: string): FinishReason {
  switch (raw) {
    case 'stop':
    case 'completed':
      return 'stop'
    case 'length':
    case 'max_output_tokens':
      return 'length'
    case 'content_filter':
      return 'content-filter'
    case 'tool_calls':
    case 'function_call':
      return 'tool-calls'
    default:
      return 'other'
  }
}
