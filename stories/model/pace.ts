import type { Frame } from './frame.ts'
import { between } from './random.ts'
import type { Random } from './random.ts'

/** Events sent in one write, and the pause before it. */
export interface Burst {
  readonly silence: number
  readonly frames: readonly Frame[]
}

/**
 * When the events of a stream are sent, in milliseconds at normal speed: headers and the first events
 * immediately, a wait for the first token, then bursts of one to six tokens at about seventy tokens per
 * second, with an occasional longer silence, as from a model on a busy machine.
 */
export function* pace(frames: readonly Frame[], random: Random): Generator<Burst> {
  let position = 0
  let kind: Frame['kind'] | undefined
  let untilPause = between(random, 40, 120)
  while (position < frames.length) {
    const first = frames[position] as Frame
    const size =
      first.kind === 'open' || first.kind === 'close' ? Infinity : Math.floor(1 + random() * 6)
    const burst: Frame[] = []
    while (burst.length < size && frames[position]?.kind === first.kind) {
      burst.push(frames[position] as Frame)
      position += 1
    }
    untilPause -= burst.length
    const pauses = untilPause <= 0
    if (pauses) untilPause = between(random, 40, 120)
    const silence =
      first.kind === kind
        ? between(random, 15, 75) + (pauses ? between(random, 150, 500) : 0)
        : silenceBefore(first.kind, random)
    kind = first.kind
    yield { silence, frames: burst }
  }
}

function silenceBefore(kind: Frame['kind'], random: Random): number {
  switch (kind) {
    case 'open':
      return between(random, 60, 180)
    case 'thought':
      return between(random, 350, 800)
    case 'token':
      return between(random, 250, 600)
    case 'close':
      return between(random, 5, 30)
  }
}
