/** How many of the numbers, which are in ascending order, are less than `bound`. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0
  let high = ascending.length
  // The end first: numbers are added there nearly always.
  for (let middle = high - 1; low < high; middle = (low + high) >>> 1) {
    if ((ascending[middle] as number) < bound) low = middle + 1
    else high = middle
  }
  return low
}

/** Values in the order of their numbers. */
export interface SparseList<T> {
  readonly numbers: number[]
  readonly values: T[]
}

export function valueAt<T>({ numbers, values }: SparseList<T>, number: number): T | undefined {
  const position = countBelow(numbers, number)
  return numbers[position] === number ? values[position] : undefined
}

/** Takes out the value under a number. */
export function removeAt<T>({ numbers, values }: SparseList<T>, number: number): T | undefined {
  const position = countBelow(numbers, number)
  if (numbers[position] !== number) return undefined
  numbers.splice(position, 1)
  return values.splice(position, 1)[0]
}

/** The position of the value under a number; opened where there is none. */
export function openAt<T>(
  { numbers, values }: SparseList<T>,
  number: number,
  open: () => T,
): number {
  const position = countBelow(numbers, number)
  if (numbers[position] !== number) {
    numbers.splice(position, 0, number)
    values.splice(position, 0, open())
  }
  return position
}
