/** One encoded server-sent event, with the information that determines when it is sent. */
export interface Frame {
  readonly kind: 'open' | 'thought' | 'token' | 'close'
  readonly text: string
}

/** A stream of the Responses API names its events; one of Chat Completions does not. */
export function frameOf(kind: Frame['kind'], data: unknown, event?: string): Frame {
  const name = event === undefined ? '' : `event: ${event}\n`
  return {
    kind,
    text: `${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
  }
}
