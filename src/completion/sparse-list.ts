/** Values in the order of their numbers, which may come in any order. */
export class SparseList<T> {
  #byNumber = new Map<number, T>()
  #largest = -Infinity
  #isSorted = true

  get(number: number): T | undefined {
    return this.#byNumber.get(number)
  }

  /** @param number one that the list does not have yet */
  add(number: number, value: T): void {
    this.#isSorted &&= number > this.#largest
    this.#largest = Math.max(this.#largest, number)
    this.#byNumber.set(number, value)
  }

  /** Takes out the value under a number. */
  remove(number: number): T | undefined {
    const value = this.#byNumber.get(number)
    this.#byNumber.delete(number)
    return value
  }

  get size(): number {
    return this.#byNumber.size
  }

  /** All values, in order. Sorted when they are asked for: numbers may come in descending order. */
  values(): T[] {
    if (!this.#isSorted) this.#byNumber = new Map([...this.#byNumber].sort(([a], [b]) => a - b))
    this.#isSorted = true
    return [...this.#byNumber.values()]
  }
}

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

/**
 * The position of a number among others, which are in ascending order, and of its value among theirs;
 * opened where there is none.
 */
export function openAt<T>(numbers: number[], values: T[], number: number, open: () => T): number {
  const position = countBelow(numbers, number)
  if (numbers[position] !== number) {
    numbers.splice(position, 0, number)
    values.splice(position, 0, open())
  }
  return position
}
