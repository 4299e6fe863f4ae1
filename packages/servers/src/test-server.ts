/** A server for tests. Disposing of it stops what was started and removes its files; a server that was found running stays. */
export interface TestServer extends AsyncDisposable {
  readonly url: string
  /** As the server itself says, such as `18.4`. */
  readonly version: string
  /** Where it comes from: a variable of the environment, a package, or a folder of this machine. */
  readonly origin: string
  /**
   * Ends the server's process and returns when it is gone; its data stay.
   * @defaultValue SIGKILL
   */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Starts the server again on the same data and address, after ending it in order if it still runs. */
  restart(): Promise<void>
}
