/** One request, as the embedded upstream saw it. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The raw body; empty until it has been read. */
  body: string
  /** `open` until the answer has been sent or the client has disconnected. */
  outcome: 'open' | 'answered' | 'closed-by-client'
  /** Settles with the outcome. */
  readonly settled: Promise<void>
}
