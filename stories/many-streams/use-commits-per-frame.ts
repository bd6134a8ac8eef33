import { useCallback, useRef } from 'react'

/** How many of the last frames with a commit are averaged. */
const lastFrames = 30

/**
 * The average number of commits in recent frames with a commit. Each first token has its own commit,
 * so only the last frames count: the average falls to one after all streams have started.
 */
export function useCommitsPerFrame() {
  const frames = useRef<{ at: unknown; commits: number }[]>([])

  const countCommit = useCallback(() => {
    // The document timeline advances only once per frame.
    const at = document.timeline.currentTime
    const last = frames.current.at(-1)
    if (last?.at === at) last.commits += 1
    else frames.current = [...frames.current.slice(1 - lastFrames), { at, commits: 1 }]
  }, [])

  const commitsPerFrame = useCallback(() => {
    const { length } = frames.current
    return frames.current.reduce((sum, { commits }) => sum + commits, 0) / Math.max(length, 1)
  }, [])

  const forgetCommits = useCallback(() => {
    frames.current = []
  }, [])

  return { countCommit, commitsPerFrame, forgetCommits }
}
