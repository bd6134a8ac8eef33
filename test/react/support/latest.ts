/** A value of a component's latest render, for the test. */
export interface Latest<Value> {
  readonly current: Value
  /** Call it while rendering. */
  readonly note: (value: Value) => Value
}

export function latest<Value>(): Latest<Value> {
  const values: Value[] = []
  return {
    get current() {
      if (values.length === 0) throw new Error('the component has not rendered yet')
      return values.at(-1) as Value
    },
    note(value) {
      values.push(value)
      return value
    },
  }
}
