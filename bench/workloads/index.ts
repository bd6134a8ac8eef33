import { bursts } from './bursts.ts'
import { division } from './division.ts'
import { heap } from './heap.ts'
import { manyHooks } from './many-hooks.ts'
import { markdown } from './markdown.ts'
import { navigation } from './navigation.ts'
import { paced } from './paced.ts'
import { typing } from './typing.ts'
import type { Workload } from './workload.ts'

/** In the order in which they run; `quick` has shorter streams and fewer contestants. */
export function workloads(quick: boolean): readonly Workload[] {
  const all = [bursts, paced, manyHooks, markdown, division, typing, navigation, heap].flatMap(
    (list) => list(quick),
  )
  return quick ? all.filter(({ quickRepeats }) => quickRepeats > 0) : all
}
