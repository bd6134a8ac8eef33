/** Whether a value is an event of the page, or of React. */
export function isUiEvent(value: unknown): boolean {
  return (
    (typeof Event === 'function' && value instanceof Event) ||
    (typeof value === 'object' && value !== null && 'nativeEvent' in value)
  )
}

/** @throws TypeError for an event as the input: `onClick={start}` */
export function refuseUiEvent(input: unknown, control: string): void {
  if (!isUiEvent(input)) return
  throw new TypeError(
    `${control} was called with an event: write onClick={() => ${control}(input)}.`,
  )
}
