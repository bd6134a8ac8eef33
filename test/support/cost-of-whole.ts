/**
 * How much more processor time a piece of work takes whole than in so many parts: about 1 where the cost
 * is linear, about as much as there are parts where it is quadratic. Both take about as long, and one
 * right after the other, so that what else the machine does meets both. It only ever adds, so the best
 * round of each counts, and where the first were disturbed there are more of them.
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

/** How long an answer is looked for that is linear, in microseconds of processor time. */
const patience = 3_000_000

/** What a cost stays below that is linear, with room for caches and the collecting of garbage. */
export function linear(parts: number): number {
  return Math.sqrt(parts)
}

async function timeOf(work: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return user + system
}
