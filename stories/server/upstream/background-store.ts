import { ApiError } from '../../model/api-error.ts'
import type { BackgroundResponse } from './background-response.ts'

export interface StoredResponse {
  readonly response: BackgroundResponse
  /** Whether its connections are to break. */
  readonly breaks: boolean
}

/** More than a demo needs at once, and less than fills a memory. */
const capacity = 100

/** The responses that are kept to be retrieved, the newest ones. */
export class BackgroundStore {
  readonly #responses = new Map<string, StoredResponse>()

  add(id: string, stored: StoredResponse) {
    this.#responses.set(id, stored)
    for (const oldest of this.#responses.keys()) {
      if (this.#responses.size <= capacity) break
      this.#responses.get(oldest)?.response.cancel()
      this.#responses.delete(oldest)
    }
  }

  /** @throws ApiError where there is none, as the API does. */
  get(id: string): StoredResponse {
    const stored = this.#responses.get(id)
    if (stored) return stored
    throw new ApiError(404, `There is no response with id '${id}'.`)
  }
}
