export type ServerErrorCode = 'server-missing' | 'server-failed' | 'server-not-ours'

/** Why a test server cannot be had or used; the message says what to do. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly code: ServerErrorCode

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
