import { countUpTo } from './position.ts'

/** A map of numbers that keeps its values in the order of their keys. Appending is constant time. */
export class OrderedMap<T> {
  readonly #byKey = new Map<number, T>()
  readonly #keys: number[] = []

  get(key: number): T | undefined {
    return this.#byKey.get(key)
  }

  set(key: number, value: T) {
    if (!this.#byKey.has(key)) this.#keys.splice(countUpTo(this.#keys, key), 0, key)
    this.#byKey.set(key, value)
  }

  values(): T[] {
    return this.#keys.map((key) => this.#byKey.get(key) as T)
  }

  clear() {
    this.#byKey.clear()
    this.#keys.length = 0
  }
}
