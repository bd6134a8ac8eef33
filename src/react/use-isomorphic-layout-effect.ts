import { useEffect, useLayoutEffect } from 'react'

/**
 * A layout effect. React 18 warns about layout effects on the server, where no effects run. React Native has a
 * `window`, although no `document`.
 */
export const useIsomorphicLayoutEffect: typeof useEffect =
  typeof window === 'undefined' ? useEffect : useLayoutEffect
