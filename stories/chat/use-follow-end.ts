import { useEffect, useRef, type RefObject } from 'react'

/** The distance from the end within which a list still follows it, in pixels. */
const closeness = 48

/** Events of scrolling by wheel, touch, keyboard or scroll bar. */
const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

/**
 * Keeps the end of a scrolled element in view while it grows, unless the reader has scrolled back.
 *
 * @param content the growing content; @param asked changes when the reader's action adds something at the end
 */
export function useFollowEnd<T extends HTMLElement>(
  content: unknown,
  asked: unknown,
): RefObject<T | null> {
  const element = useRef<T>(null)
  const isAtEnd = useRef(true)

  useEffect(() => {
    const { current } = element
    if (!current) return undefined
    const toEnd = () => {
      if (isAtEnd.current) current.scrollTop = current.scrollHeight
    }
    // A renderer that loads late makes the content shrink and moves it without any scrolling.
    let isByHand = false
    const onHand = () => {
      isByHand = true
    }
    const onScroll = () => {
      const { scrollHeight, scrollTop, clientHeight } = current
      const isNear = scrollHeight - scrollTop - clientHeight < closeness
      if (isNear || isByHand) isAtEnd.current = isNear
      if (isNear) isByHand = false
    }
    current.addEventListener('scroll', onScroll, { passive: true })
    for (const hand of hands) current.addEventListener(hand, onHand, { passive: true })
    const observer = new ResizeObserver(toEnd)
    for (const child of current.children) observer.observe(child)
    return () => {
      current.removeEventListener('scroll', onScroll)
      for (const hand of hands) current.removeEventListener(hand, onHand)
      observer.disconnect()
    }
  }, [])
  useEffect(() => {
    isAtEnd.current = true
  }, [asked])
  useEffect(() => {
    const { current } = element
    if (current && isAtEnd.current) current.scrollTop = current.scrollHeight
  }, [content, asked])

  return element
}
