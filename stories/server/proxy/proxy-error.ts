/** An error of the proxy itself, in the format of the API. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError' as const
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  get body(): unknown {
    return {
      error: { message: this.message, type: 'proxy_error', param: null, code: this.code },
    }
  }
}
