import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** On a screen with fractional pixels the bottom is never reached exactly. */
const tolerance = 24

/** What readers scroll with: the wheel, a finger, a key, the scroll bar. */
const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

/**
 * Keeps the end of a growing text in view for as long as the reader is at the end, and leaves the
 * scroll position alone as soon as the reader scrolls away from it.
 */
export function useFollowBottom(text: string) {
  const [element, scroller] = useState<HTMLElement | null>(null)
  const [following, setFollowing] = useState(true)
  // A new answer starts at its end, wherever the last one was left.
  if (text === '' && !following) setFollowing(true)

  /** Whether the reader has gone away, before a render tells. */
  const left = useRef(false)
  /** Where the end was when it was last brought into view. */
  const pinned = useRef(0)

  const follow = useCallback(() => {
    pinned.current = 0
    left.current = false
    setFollowing(true)
  }, [])

  useLayoutEffect(() => {
    if (!element) return undefined
    /** Whether the reader has had a hand in it since the end was last in view. */
    let isByHand = false
    const onHand = () => {
      isByHand = true
    }
    const onScroll = () => {
      const below = element.scrollHeight - element.clientHeight - element.scrollTop
      if (below <= tolerance) isByHand = false
      // What is rendered only in sight changes its height, and moves the text without any hand.
      left.current = (isByHand && below > tolerance) || below > 2 * element.clientHeight
      setFollowing(below <= tolerance)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    for (const hand of hands) element.addEventListener(hand, onHand, { passive: true })
    return () => {
      element.removeEventListener('scroll', onScroll)
      for (const hand of hands) element.removeEventListener(hand, onHand)
    }
  }, [element])

  useLayoutEffect(() => {
    if (!element || !following) return
    // The reader has scrolled, and the event that tells is still to come.
    const room = element.scrollHeight - element.clientHeight
    const held = Math.min(pinned.current, room)
    if (element.scrollTop < held - tolerance) return
    element.scrollTo({ top: element.scrollHeight })
    pinned.current = element.scrollTop
  }, [element, following, text])

  useLayoutEffect(() => {
    if (!element || !following) return undefined
    // A notice below the text takes some of its room, and blocks change their height.
    const observer = new ResizeObserver(() => {
      if (!left.current) element.scrollTo({ top: element.scrollHeight })
    })
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [element, following])

  return { scroller, following, follow }
}
