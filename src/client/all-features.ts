import { resolveFormat } from '../formats/resolve-format.ts'
import type { RunFeatures } from '../run/features.ts'
import { watchPage } from '../run/page-lifecycle.ts'
import { retryDelay } from '../run/retry.ts'
import { scheduleAttempt } from '../run/schedule-attempt.ts'
import { watchTimeouts } from '../run/timeouts.ts'
import { createAnyFramer } from '../wire/any-framing.ts'
import { createFrameReader } from '../wire/frame-reader.ts'

/** The features of a completion that does not list its own. */
export const allFeatures: RunFeatures = {
  formatOf: resolveFormat,
  createFramer: createAnyFramer,
  createFrameReader,
  retryDelay,
  scheduleAttempt,
  watchTimeouts,
  watchPage,
}

/** The features of `readCompletion`, which cannot resend a request. */
export const readingFeatures: RunFeatures = {
  formatOf: resolveFormat,
  createFramer: createAnyFramer,
  createFrameReader,
  watchTimeouts,
  watchPage,
}
