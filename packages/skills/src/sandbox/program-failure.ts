/** Why a program ended without a value, as the interpreter knows it. */
export class ProgramFailure extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'ProgramFailure'
    this.code = code
  }
}
