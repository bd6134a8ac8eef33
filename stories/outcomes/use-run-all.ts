import { useCallback, useState } from 'react'
import { outcomes } from './outcomes.ts'
import type { Orders } from './use-rerun.ts'

interface RunAll {
  readonly orders: Orders
  /** The number of runs that have not ended. */
  readonly running: number
  readonly onStart: () => void
  readonly onStop: () => void
  /** Call it once when a run ends. */
  readonly onEnd: () => void
}

/** Starts and stops a run of every outcome at once. */
export function useRunAll(): RunAll {
  const [orders, setOrders] = useState<Orders>({ starts: 0, stops: 0 })
  const [running, setRunning] = useState(0)
  return {
    orders,
    running,
    onStart: () => {
      setRunning(outcomes.length)
      setOrders(({ starts, stops }) => ({ starts: starts + 1, stops }))
    },
    onStop: () => setOrders(({ starts, stops }) => ({ starts, stops: stops + 1 })),
    onEnd: useCallback(() => setRunning((count) => count - 1), []),
  }
}
