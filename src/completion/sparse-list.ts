/** Values in the order of their numbers, which may come in any order. */
export class SparseList<T> {
  #byNumber = new Map<number, T>()
  #largest = -Infinity
  #isSorted = true

  /** @param values the values of the numbers 0, 1, 2, … */
  constructor(values: readonly T[] = []) {
    values.forEach((value, number) => this.set(number, value))
  }

  get(number: number): T | undefined {
    return this.#byNumber.get(number)
  }

  set(number: number, value: T): void {
    this.#isSorted &&= number > this.#largest || this.#byNumber.has(number)
    this.#largest = Math.max(this.#largest, number)
    this.#byNumber.set(number, value)
  }

  /** Removes the value of a number, and returns it. */
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
