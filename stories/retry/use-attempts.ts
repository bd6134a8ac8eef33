import { useMemo, useState } from 'react'
import type { Fetch } from '../connection/fetch.ts'

/** One request of a run. Times are on the clock of `performance.now()`. */
export interface Attempt {
  readonly sentAt: number
  readonly answeredAt?: number
  readonly status?: number
}

/** A `fetch` that records when each request was sent and answered. */
export function useAttempts(fetch: Fetch) {
  const [attempts, setAttempts] = useState<readonly Attempt[]>([])
  const noted = useMemo((): Fetch => {
    return async (url, init) => {
      const sentAt = performance.now()
      setAttempts((before) => [...before, { sentAt }])
      const response = await fetch(url, init)
      const answered = { sentAt, answeredAt: performance.now(), status: response.status }
      setAttempts((before) => before.map((each) => (each.sentAt === sentAt ? answered : each)))
      return response
    }
  }, [fetch])
  return { attempts, noted, forget: () => setAttempts([]) }
}
