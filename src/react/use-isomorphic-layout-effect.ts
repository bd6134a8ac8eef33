import { useEffect, useLayoutEffect } from 'react'

/**
 * A layout effect. React 18 warns of one on the server, where neither kind runs. React Native has a
 * `window`, although no `document`.
 */
export const useIsomorphicLayoutEffect: typeof useEffect =
  typeof window === 'undefined' ? useEffect : useLayoutEffect
