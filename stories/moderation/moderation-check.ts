import type { ModerationCheckContext } from 'use-streaming-completion'
import type { Fetch } from '../connection/fetch.ts'

/** Calls the app's server, which calls the provider's moderation endpoint with its key. */
export function createModerationCheck(fetch: Fetch) {
  return async (text: string, { signal }: ModerationCheckContext) => {
    const response = await fetch('/api/moderations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: text }),
      signal,
    })
    // A failed check clears nothing: its error ends the run.
    if (!response.ok) throw new Error(`The moderation responded with ${response.status}.`)
    const { results } = (await response.json()) as {
      results: readonly [{ flagged: boolean; categories: Readonly<Record<string, boolean>> }]
    }
    const [{ flagged, categories }] = results
    const reason = Object.keys(categories).find((category) => categories[category])
    return { flagged, reason }
  }
}
