import { useEffect, useLayoutEffect } from 'react'

/** A layout effect. React 18 warns of one on the server, where neither kind runs. */
export const useIsomorphicLayoutEffect: typeof useEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect
