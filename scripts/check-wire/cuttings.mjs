/** A generator of numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Cuts a body at the given places, which must be in order. */
export function cutAt(body, places) {
  const chunks = []
  let start = 0
  for (const place of [...places, body.length]) {
    chunks.push(body.subarray(start, place))
    start = place
  }
  return chunks
}

export function everyByte(body) {
  return Array.from(body, (_, at) => body.subarray(at, at + 1))
}

/**
 * Cuts a body at random positions: once or twice, or just as often at hundreds of positions. The first finds
 * bugs that depend on a single cut, the second those that depend on many.
 */
export function randomCutting(body, random) {
  const most = Math.min(body.length, 400)
  const count = Math.floor(most ** random())
  const places = Array.from({ length: count }, () => Math.floor(random() * (body.length + 1)))
  return cutAt(
    body,
    places.sort((a, b) => a - b),
  )
}

/**
 * A body that provides its chunks one at a time, as they are pulled. Enqueued all at once, a hundred
 * thousand chunks would take quadratic time in the stream's own queue.
 */
export function streamOf(chunks) {
  let next = 0
  return new ReadableStream(
    {
      pull(controller) {
        if (next < chunks.length) controller.enqueue(chunks[next++])
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
