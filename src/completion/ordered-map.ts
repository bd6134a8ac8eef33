/** A map of numbers that keeps its values in the order of their keys. Appending is constant time. */
export class OrderedMap<T> {
  readonly #byKey = new Map<number, T>()
  readonly #keys: number[] = []

  get(key: number): T | undefined {
    return this.#byKey.get(key)
  }

  set(key: number, value: T) {
    if (!this.#byKey.has(key)) this.#keys.splice(this.#positionAfter(key), 0, key)
    this.#byKey.set(key, value)
  }

  values(): T[] {
    return this.#keys.map((key) => this.#byKey.get(key) as T)
  }

  clear() {
    this.#byKey.clear()
    this.#keys.length = 0
  }

  #positionAfter(key: number): number {
    // Keys arrive in order nearly always: look from the end.
    return this.#keys.findLastIndex((known) => known < key) + 1
  }
}
