import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** With fractional pixels, the bottom is never reached exactly. */
const tolerance = 24

/** Events of scrolling by wheel, touch, keyboard or scroll bar. */
const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

/**
 * Keeps the end of a growing text in view for as long as the reader is at the end, and leaves the
 * scroll position alone as soon as the reader scrolls away from it.
 */
export function useFollowBottom(text: string) {
  const [element, scroller] = useState<HTMLElement | null>(null)
  const [following, setFollowing] = useState(true)
  // A new answer follows its end, wherever the last one was scrolled to.
  if (text === '' && !following) setFollowing(true)

  /** Whether the reader has scrolled away; known before the next render. */
  const left = useRef(false)
  /** The position of the end when it was last scrolled into view. */
  const pinned = useRef(0)

  const follow = useCallback(() => {
    pinned.current = 0
    left.current = false
    setFollowing(true)
  }, [])

  useLayoutEffect(() => {
    if (!element) return undefined
    /** Whether the reader has scrolled since the end was last in view. */
    let isByHand = false
    const onHand = () => {
      isByHand = true
    }
    const onScroll = () => {
      const below = element.scrollHeight - element.clientHeight - element.scrollTop
      if (below <= tolerance) isByHand = false
      // Text that arrived since the last frame moves the end away, but the reader has not scrolled.
      const isBack = element.scrollTop < pinned.current - tolerance
      left.current = below > tolerance && (isByHand || isBack)
      setFollowing(!left.current)
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
    // The reader has scrolled, but the scroll event has not been dispatched yet.
    const room = element.scrollHeight - element.clientHeight
    const held = Math.min(pinned.current, room)
    if (element.scrollTop < held - tolerance) return
    element.scrollTo({ top: element.scrollHeight })
    pinned.current = element.scrollTop
  }, [element, following, text])

  useLayoutEffect(() => {
    if (!element || !following) return undefined
    // A notice below the text shrinks it, and blocks change their height.
    const observer = new ResizeObserver(() => {
      if (left.current) return
      element.scrollTo({ top: element.scrollHeight })
      pinned.current = element.scrollTop
    })
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [element, following])

  return { scroller, following, follow }
}
