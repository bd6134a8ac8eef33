/** One thing that the fault server does to a response, in order. */
export type FaultStep =
  /** Sends the status line and the headers, and nothing of the body yet. */
  | { readonly head: { readonly status: number; readonly headers: Record<string, string> } }
  /** Sends a piece of the body. */
  | { readonly write: string }
  /** Sends a piece of the body as bytes, which may end within a character. */
  | { readonly bytes: readonly number[] }
  /** Sends pieces of the body at a steady pace. */
  | { readonly writes: readonly string[]; readonly perSecond: number }
  /** Ends the body properly, as HTTP has it. */
  | { readonly end: true }
  /** Closes the connection in the middle of the body. */
  | { readonly cut: true }
  /** Resets the TCP connection. */
  | { readonly reset: true }

/** What the fault server has seen of the request. */
export interface ReceivedRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** The headers that the browser asked leave to send before it sent them, in lower case. */
  readonly preflight: readonly string[]
  readonly body: string
}

/** How a response came to its end: the server finished it, or the client closed the connection. */
export interface ClosedConnection {
  readonly by: 'client' | 'server'
}
