import { useEffect, useEffectEvent } from 'react'

/** What all tiles are told at once: each number counts how often. */
export interface Orders {
  readonly starts: number
  readonly stops: number
}

/** Starts and stops with all the others. */
export function useRerun({ starts, stops }: Orders, start: () => void, stop: () => void): void {
  const onStart = useEffectEvent(start)
  const onStop = useEffectEvent(stop)
  useEffect(() => {
    if (starts > 0) onStart()
  }, [starts])
  useEffect(() => {
    if (stops > 0) onStop()
  }, [stops])
}
