import { useCallback, useEffect, useRef, useState } from 'react'

interface CommitCost {
  /** Seconds since the start, and the average cost of a commit in the interval that ends there. */
  readonly seconds: readonly number[]
  readonly milliseconds: readonly number[]
}

const nothing: CommitCost = { seconds: [], milliseconds: [] }

/** The length of an interval of the plot, in milliseconds. */
const piece = 500

/** The duration of a React commit, averaged over half a second, while `active`. */
export function useCommitCost(active: boolean) {
  const [cost, setCost] = useState(nothing)
  const sum = useRef({ duration: 0, commits: 0 })

  const noteCommit = useCallback((_: string, __: string, duration: number) => {
    sum.current.duration += duration
    sum.current.commits += 1
  }, [])

  useEffect(() => {
    if (!active) return undefined
    const startedAt = performance.now()
    let shown = nothing
    sum.current = { duration: 0, commits: 0 }
    const timer = setInterval(() => {
      const { duration, commits } = sum.current
      sum.current = { duration: 0, commits: 0 }
      if (commits === 0) return
      shown = {
        seconds: [...shown.seconds, (performance.now() - startedAt) / 1000],
        milliseconds: [...shown.milliseconds, duration / commits],
      }
      setCost(shown)
    }, piece)
    return () => clearInterval(timer)
  }, [active])

  return { cost, noteCommit }
}
