/** One step of the fault server's response. */
export type FaultStep =
  /** Sends the status line and the headers, and nothing of the body yet. */
  | { readonly head: { readonly status: number; readonly headers: Record<string, string> } }
  /** Sends a piece of the body. */
  | { readonly write: string }
  /** Sends a piece of the body as bytes, which may end within a character. */
  | { readonly bytes: readonly number[] }
  /** Sends pieces of the body at a steady pace. */
  | { readonly writes: readonly string[]; readonly perSecond: number }
  /** Ends the body properly, according to HTTP. */
  | { readonly end: true }
  /** Closes the connection in the middle of the body. */
  | { readonly cut: true }
  /** Resets the TCP connection. */
  | { readonly reset: true }

/** The request as the fault server received it. */
export interface ReceivedRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** The headers that the browser asked for in a preflight, in lower case. */
  readonly preflight: readonly string[]
  readonly body: string
}

/** How a response ended: the server finished it, or the client closed the connection. */
export interface ClosedConnection {
  readonly by: 'client' | 'server'
}
