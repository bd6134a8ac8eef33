import { useEffect, useEffectEvent, useState } from 'react'

export interface FrameRate {
  /** Seconds since the beginning, and the frames of the half second that ended there, as a rate. */
  readonly seconds: readonly number[]
  readonly rates: readonly number[]
  /** The slowest frame so far, in milliseconds. */
  readonly slowest: number
}

const nothing: FrameRate = { seconds: [], rates: [], slowest: 0 }

/** How long a piece of the plot is, in milliseconds. */
const piece = 500

/** Counts the frames of the page while `active`, from a new beginning each time. */
export function useFrameRate(active: boolean, onFrame?: () => void): FrameRate {
  const [rate, setRate] = useState(nothing)
  const frame = useEffectEvent(() => onFrame?.())

  useEffect(() => {
    if (!active) return undefined
    const startedAt = performance.now()
    let last = startedAt
    let counted = 0
    let slowest = 0
    let pieceEnd = startedAt + piece
    const seconds: number[] = []
    const rates: number[] = []
    const tick = (now: number) => {
      frame()
      counted += 1
      slowest = Math.max(slowest, now - last)
      last = now
      if (now >= pieceEnd) {
        seconds.push((now - startedAt) / 1000)
        rates.push(counted / ((now - pieceEnd + piece) / 1000))
        setRate({ seconds: [...seconds], rates: [...rates], slowest })
        counted = 0
        pieceEnd = now + piece
      }
      request = requestAnimationFrame(tick)
    }
    let request = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(request)
  }, [active])

  return rate
}
