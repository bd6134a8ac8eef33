import type { Fetch } from '../connection/fetch.ts'

/** A `fetch` that reports the size of each chunk of the body. */
export function countedFetch(fetch: Fetch, onBytes: (count: number) => void): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init)
    if (!response.body) return response
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          onBytes(bytes.length)
          controller.enqueue(bytes)
        },
      }),
    )
    return new Response(counted, response)
  }
}
