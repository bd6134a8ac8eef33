/** What the `fetch` option of a completion takes. */
export type Fetch = (url: string | URL, init: RequestInit) => Promise<Response>
