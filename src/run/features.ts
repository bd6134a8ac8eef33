import type { CompletionFormat } from '../formats/vocabulary/format.ts'
import type { createFrameReader } from '../wire/frame-reader.ts'
import type { CreateFramer } from '../wire/framer.ts'
import type { RunOptions } from './options.ts'
import type { watchPage } from './page-lifecycle.ts'
import type { retryDelay } from './retry.ts'
import type { scheduleAttempt } from './schedule-attempt.ts'
import type { watchTimeouts } from './timeouts.ts'

/** The features of a run. A feature that neither the entry nor the app imports is not in the bundle. */
export interface RunFeatures {
  /**
   * Resolves the option `format`.
   *
   * @throws CompletionError of kind `protocol` if there is no such format
   */
  formatOf: (format: RunOptions['format']) => CompletionFormat
  createFramer: CreateFramer
  /** Reads repeated events without parsing them. */
  createFrameReader?: typeof createFrameReader
  /** For the option `retry`. */
  retryDelay?: typeof retryDelay
  scheduleAttempt?: typeof scheduleAttempt
  /** For the option `timeouts`. */
  watchTimeouts?: typeof watchTimeouts
  /** Reacts to a page that is left, frozen, or restored from the back/forward cache. */
  watchPage?: typeof watchPage
  /** @throws CompletionError for an option whose feature is missing */
  verify?: (options: RunOptions) => void
}
