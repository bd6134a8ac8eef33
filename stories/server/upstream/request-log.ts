/** What the embedded upstream saw of one request. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The body as it came; empty until it has been read. */
  body: string
  /** `open` until the answer has been sent, or the client has gone before that. */
  outcome: 'open' | 'answered' | 'closed-by-client'
  /** Settles with the outcome. */
  readonly settled: Promise<void>
}
