import { useEffect, useEffectEvent, useState } from 'react'

export interface FrameRate {
  /** Seconds since the start, and the frame rate of the half second that ends there. */
  readonly seconds: readonly number[]
  readonly rates: readonly number[]
  /** The slowest frame so far, in milliseconds. */
  readonly slowest: number
}

const nothing: FrameRate = { seconds: [], rates: [], slowest: 0 }

/** The length of an interval of the plot, in milliseconds. */
const piece = 500

/** Measures the frame rate while `active`, and starts again each time. */
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
