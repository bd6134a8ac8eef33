import { useEffect, useEffectEvent, useState } from 'react'
import { useConnection } from '../connection/connection.tsx'

/**
 * Starts a stream when the element comes into view, and again when the controls change the connection.
 * With reduced motion, users start it themselves.
 *
 * @returns a ref for the element
 */
export function useAutoStart(start: () => void): (element: HTMLElement | null) => void {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const connection = useConnection()
  const onView = useEffectEvent(start)

  useEffect(() => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (!element || !connection.autoStart || isStill) return undefined
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      observer.disconnect()
      onView()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element, connection])

  return setElement
}
