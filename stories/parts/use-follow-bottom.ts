import { useCallback, useLayoutEffect, useState } from 'react'

/** On a screen with fractional pixels the bottom is never reached exactly. */
const tolerance = 24

/**
 * Keeps the end of a growing text in view for as long as the reader is at the end, and leaves the
 * scroll position alone as soon as the reader scrolls away from it.
 */
export function useFollowBottom(text: string) {
  const [element, scroller] = useState<HTMLElement | null>(null)
  const [following, setFollowing] = useState(true)
  // A new answer starts at its end, wherever the last one was left.
  if (text === '' && !following) setFollowing(true)

  const follow = useCallback(() => setFollowing(true), [])

  useLayoutEffect(() => {
    if (!element) return undefined
    const onScroll = () => {
      const below = element.scrollHeight - element.clientHeight - element.scrollTop
      setFollowing(below <= tolerance)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [element])

  useLayoutEffect(() => {
    if (following) element?.scrollTo({ top: element.scrollHeight })
  }, [element, following, text])

  useLayoutEffect(() => {
    if (!element || !following) return undefined
    // A notice below the text takes some of its room.
    const observer = new ResizeObserver(() => element.scrollTo({ top: element.scrollHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element, following])

  return { scroller, following, follow }
}
