import { useEffect, useState } from 'react'

/** Counts down the seconds to a time on the clock of `performance.now()`. */
export function Countdown({ to }: { to: number }) {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 100)
    return () => clearInterval(timer)
  }, [])
  return <span className="countdown">{Math.max(0, (to - now) / 1000).toFixed(1)} s</span>
}
