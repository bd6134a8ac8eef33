import { CompletionError } from '../../errors/completion-error.ts'
import { stringOf } from '../../json/json-record.ts'

/** The error for a server that says it gave up before the end: what had arrived is not the answer. */
export function stoppedEarly(reason?: unknown): CompletionError {
  const said = stringOf(reason)
  return new CompletionError({
    kind: 'truncated',
    message: `The server stopped the completion before its end${said ? `: ${said}` : '.'}`,
  })
}
