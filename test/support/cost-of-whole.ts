/**
 * The ratio of the processor time of a whole piece of work to that of its parts: about 1 if the cost is linear,
 * about the number of parts if it is quadratic. Both are measured right after each other, so that other load
 * affects both. Load only adds time, so the best round of each counts, and more rounds follow if the first
 * ones were disturbed.
 */
export async function costOfWhole(
  size: number,
  parts: number,
  work: (size: number) => void | Promise<void>,
): Promise<number> {
  let [apart, whole] = [Infinity, Infinity]
  const start = process.cpuUsage()
  for (let round = 0; round < 2 || process.cpuUsage(start).user < patience; round++) {
    apart = Math.min(
      apart,
      await timeOf(async () => {
        for (let part = 0; part < parts; part++) await work(size / parts)
      }),
    )
    whole = Math.min(whole, await timeOf(() => work(size)))
    if (round > 0 && whole / apart < linear(parts)) break
  }
  return whole / apart
}

/** How long to search for a linear result, in microseconds of processor time. */
const patience = 3_000_000

/** The upper limit for a linear cost, with room for caches and garbage collection. */
export function linear(parts: number): number {
  return Math.sqrt(parts)
}

async function timeOf(work: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return user + system
}
