import { useEffect, useState } from 'react'

/** The time on the clock of `performance.now()`, ten times a second while `active`. */
export function useNow(active: boolean): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    if (!active) return undefined
    const timer = setInterval(() => setNow(performance.now()), 100)
    return () => clearInterval(timer)
  }, [active])
  return now
}
