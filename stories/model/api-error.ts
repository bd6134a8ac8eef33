/** An error in the form of OpenAI's API: a status, and a body with an `error` object. */
export class ApiError extends Error {
  override readonly name = 'ApiError' as const
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: {
    readonly error: {
      readonly message: string
      readonly type: string
      readonly param: string | null
      readonly code: string | null
    }
  }

  constructor(
    status: number,
    message: string,
    details: {
      type?: string
      param?: string
      code?: string
      headers?: Readonly<Record<string, string>>
    } = {},
  ) {
    super(message)
    this.status = status
    this.headers = details.headers ?? {}
    this.body = {
      error: {
        message,
        type: details.type ?? 'invalid_request_error',
        param: details.param ?? null,
        code: details.code ?? null,
      },
    }
  }
}
