import { useEffect, useEffectEvent } from 'react'

/** Commands for all tiles: how often each was given. */
export interface Orders {
  readonly starts: number
  readonly stops: number
}

/** Starts and stops together with all other tiles. */
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
