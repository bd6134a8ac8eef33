import { useEffect, useRef, type RefObject } from 'react'

/** The distance from the end within which a list still follows it, in pixels. */
const closeness = 48

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
    const look = () => {
      const { scrollHeight, scrollTop, clientHeight } = current
      isAtEnd.current = scrollHeight - scrollTop - clientHeight < closeness
    }
    current.addEventListener('scroll', look)
    return () => current.removeEventListener('scroll', look)
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
