/** How many of the numbers, which are in ascending order, are not greater than `bound`. */
export function countUpTo(ascending: readonly number[], bound: number): number {
  const isWithin = (at: number) => (ascending[at] ?? -Infinity) <= bound
  // Numbers are added at the end nearly always.
  if (isWithin(ascending.length - 1)) return ascending.length
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isWithin(middle)) low = middle + 1
    else high = middle
  }
  return low
}
