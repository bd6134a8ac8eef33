/** The type of a completion's `fetch` option. */
export type Fetch = (url: string | URL, init: RequestInit) => Promise<Response>
