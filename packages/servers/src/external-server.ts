import { RosterError } from '@roster/core'
import type { TestServer } from './test-server.ts'

/** A server that a variable of the environment names: it is asked for its version, and is nobody's to stop. */
export async function externalServer(
  variable: string,
  url: string,
  versionOf: (url: string) => Promise<string>,
): Promise<TestServer> {
  const refuse = async (): Promise<never> => {
    throw new RosterError('server-not-ours', `The server that ${variable} names is not ours to stop.`, {
      hint: `Unset ${variable} for this suite.`,
    })
  }
  const version = await versionOf(url).catch((error: unknown) => {
    throw new RosterError('server-missing', `The server that ${variable} names does not answer: ${String(error)}.`, {
      hint: `Start it, or unset ${variable}.`,
      cause: error,
    })
  })
  return { url, version, origin: variable, kill: refuse, restart: refuse, [Symbol.asyncDispose]: async () => {} }
}
