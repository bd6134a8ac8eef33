import { useEffect, useState } from 'react'

/** The current `performance.now()`, updated ten times per second while `active`. */
export function useNow(active: boolean): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (!active) return undefined
    const timer = setInterval(() => setNow(performance.now()), 100)
    return () => clearInterval(timer)
  }, [active])
  return now
}
