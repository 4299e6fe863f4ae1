import { connect } from 'node:net'

const ANSWER_WITHIN_MS = 5_000
const GREETING = /^INFO (\{.*\})\s*\r\n/

/** The version that a NATS server tells in its greeting, which it gives to everybody. */
export async function natsVersion(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: port === '' ? 4222 : Number(port) })
  socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error(`no greeting within ${ANSWER_WITHIN_MS} ms`)))
  try {
    let text = ''
    for await (const chunk of socket) {
      text += String(chunk)
      const greeting = GREETING.exec(text)?.[1]
      if (greeting !== undefined) return String((JSON.parse(greeting) as { readonly version?: string }).version)
    }
    throw new Error('it closed the connection without a greeting')
  } finally {
    socket.destroy()
  }
}
