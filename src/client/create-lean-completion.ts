import type { CompletionState } from '../completion/state.ts'
import { featureMissing, formatMissing } from '../errors/app.ts'
import type { CompletionFormat } from '../formats/vocabulary/format.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { RunFeatures } from '../run/features.ts'
import type { CompletionOptions } from '../run/options.ts'
import { watchPage } from '../run/page-lifecycle.ts'
import { retryDelay } from '../run/retry.ts'
import { scheduleAttempt } from '../run/schedule-attempt.ts'
import { watchTimeouts } from '../run/timeouts.ts'
import { createAnyFramer } from '../wire/any-framing.ts'
import { createFrameReader } from '../wire/frame-reader.ts'
import { createServerSentEventFramer } from '../wire/server-sent-events.ts'
import { createCompletionWith, type Completion } from './create-completion.ts'

/** A part of the package that a lean completion includes only if the app imports it. */
export type Feature = Partial<RunFeatures>

/** Adds the option `retry`. */
export const withRetry: Feature = { retryDelay, scheduleAttempt }

/** Adds the option `timeouts`. */
export const withTimeouts: Feature = { watchTimeouts }

/**
 * While the user leaves the page, reports a broken connection only once the page is shown again; and ends
 * a response that stays silent after the page was frozen. Without it, leaving the page may end a run with
 * a `network` error that the page shows when the user navigates back.
 */
export const withPageLifecycle: Feature = { watchPage }

/**
 * Reads newline-delimited JSON and plain text as well, and bodies of any content type, and names HTML
 * pages and binary data in errors. Without it, every body is read as server-sent events; a body that
 * has none is a `protocol` error.
 */
export const withAnyFraming: Feature = { createFramer: createAnyFramer }

/**
 * Reads events that only continue a text without parsing the rest of them, which more than halves the CPU
 * time of reading a fast stream. Without it, the result is the same.
 */
export const withFastReading: Feature = { createFrameReader }

/** The options of a completion whose format and features are imported. */
export type LeanCompletionOptions<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> = CompletionOptions<Input, State> & {
  /** The wire format as an object, such as `openaiResponses`. */
  format: CompletionFormat
  /**
   * The additional features: any of `withRetry`, `withTimeouts`, `withPageLifecycle`, `withAnyFraming` and
   * `withFastReading`. Read once, when the completion is created.
   *
   * @default [] (none)
   */
  features?: readonly Feature[] | undefined
}

/**
 * `createCompletion` with one format and only the features that are imported and passed. Nothing else is
 * part of the bundle.
 */
export function createLeanCompletion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
>(options: LeanCompletionOptions<Input, State>): Completion<Input, State> {
  return createCompletionOfParts(options)
}

/** Has the type of `createCompletion`, so that one hook can use either. */
export function createCompletionOfParts<Input, State extends CompletionState>(
  options: CompletionOptions<Input, State> & { features?: readonly Feature[] | undefined },
): Completion<Input, State> {
  const features: RunFeatures = {
    ...leanFeatures,
    verify({ retry, timeouts }) {
      if (retry && !features.retryDelay) throw featureMissing('retry', 'withRetry')
      if (timeouts && !features.watchTimeouts) throw featureMissing('timeouts', 'withTimeouts')
    },
  }
  for (const feature of options.features ?? []) Object.assign(features, feature)
  return createCompletionWith(features, options)
}

const leanFeatures: RunFeatures = {
  formatOf(format) {
    if (typeof format === 'object') return format
    throw formatMissing()
  },
  createFramer(options) {
    options.onFraming('server-sent-events')
    return createServerSentEventFramer(options)
  },
}
