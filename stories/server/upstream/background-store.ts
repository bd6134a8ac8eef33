import { ApiError } from '../../model/api-error.ts'
import type { BackgroundResponse } from './background-response.ts'

/** More than a demo needs, and too few to exhaust the memory. */
const capacity = 100

/** Keeps the newest responses for retrieval. */
export class BackgroundStore {
  readonly #responses = new Map<string, BackgroundResponse>()

  add(id: string, response: BackgroundResponse) {
    this.#responses.set(id, response)
    for (const oldest of this.#responses.keys()) {
      if (this.#responses.size <= capacity) break
      this.#responses.get(oldest)?.cancel()
      this.#responses.delete(oldest)
    }
  }

  /** @throws ApiError if there is none, as the API does. */
  get(id: string): BackgroundResponse {
    const response = this.#responses.get(id)
    if (response) return response
    throw new ApiError(404, `There is no response with id '${id}'.`)
  }
}
