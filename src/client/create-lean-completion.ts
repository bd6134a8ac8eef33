import type { CompletionState } from '../completion/state.ts'
import { formatMissing } from '../errors/app.ts'
import type { CompletionFormat } from '../formats/vocabulary/format.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import type { FormatOf } from '../run/reading-host.ts'
import { createCompletionWith, type Completion } from './create-completion.ts'

/** The options of a completion whose format is imported: no other format is part of the bundle. */
export type LeanCompletionOptions<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> = CompletionOptions<Input, State> & {
  /** The wire format as an object, such as `openaiResponses`. */
  format: CompletionFormat
}

/**
 * `createCompletion` for one format, which is imported and passed as an object. It neither detects
 * formats nor knows any by name, so the others are not part of the bundle.
 */
export function createLeanCompletion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
>(options: LeanCompletionOptions<Input, State>): Completion<Input, State> {
  return createCompletionOfObjects(options)
}

export function createCompletionOfObjects<Input, State extends CompletionState>(
  options: CompletionOptions<Input, State>,
): Completion<Input, State> {
  return createCompletionWith(formatObject, options)
}

const formatObject: FormatOf = (format) => {
  if (typeof format === 'object') return format
  throw formatMissing()
}
