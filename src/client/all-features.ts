import { resolveFormat } from '../formats/resolve-format.ts'
import type { RunFeatures } from '../run/features.ts'
import { watchPage } from '../run/page-lifecycle.ts'
import { retryDelay } from '../run/retry.ts'
import { scheduleAttempt } from '../run/schedule-attempt.ts'
import { watchTimeouts } from '../run/timeouts.ts'
import { createAnyFramer } from '../wire/any-framing.ts'
import { createFrameReader } from '../wire/frame-reader.ts'

/** What a completion can do unless it names its features. */
export const allFeatures: RunFeatures = {
  formatOf: resolveFormat,
  createFramer: createAnyFramer,
  createFrameReader,
  retryDelay,
  scheduleAttempt,
  watchTimeouts,
  watchPage,
}

/** What `readCompletion` can do: it cannot send a request again. */
export const readingFeatures: RunFeatures = {
  formatOf: resolveFormat,
  createFramer: createAnyFramer,
  createFrameReader,
  watchTimeouts,
  watchPage,
}
