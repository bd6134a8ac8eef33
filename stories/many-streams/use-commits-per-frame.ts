import { useCallback, useRef } from 'react'

/** The last frames with a commit that the mean is taken over. */
const lastFrames = 30

/**
 * How many commits a frame saw that saw one, lately. Each first token is shown at once, in a commit of
 * its own, so the mean is of the last frames only: it comes down to one when all streams have begun.
 */
export function useCommitsPerFrame() {
  const frames = useRef<{ at: unknown; commits: number }[]>([])

  const countCommit = useCallback(() => {
    // The timeline stands still from the beginning of a frame to that of the next.
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
