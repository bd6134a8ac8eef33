import { ApiError } from '../../model/api-error.ts'
import type { BackgroundResponse } from './background-response.ts'

/** More than a demo needs at once, and less than fills a memory. */
const capacity = 100

/** The responses that are kept to be retrieved, the newest ones. */
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

  /** @throws ApiError where there is none, as the API does. */
  get(id: string): BackgroundResponse {
    const response = this.#responses.get(id)
    if (response) return response
    throw new ApiError(404, `There is no response with id '${id}'.`)
  }
}
