import { once } from 'node:events'
import { connect } from 'node:http2'

const METHOD = '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo'
const ANSWER_WITHIN_MS = 5_000
/** A message of gRPC begins with a flag and its length. */
const FRAME_BYTES = 5
/** `server_version` is the answer's first field, a text. */
const SERVER_VERSION_TAG = 0x0a

/**
 * The version of the server at an address, `host:port`. It is asked by hand, in the few bytes that this takes: a client of Temporal is a native
 * library of 50 MB, and whoever only starts servers has no other use for it.
 */
export async function temporalVersion(address: string): Promise<string> {
  const session = connect(`http://${address}`)
  session.setTimeout(ANSWER_WITHIN_MS, () => session.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)))
  const failed = once(session, 'error').then(([error]) => {
    throw error as Error
  })
  try {
    return await Promise.race([ask(session), failed])
  } finally {
    failed.catch(() => {})
    session.destroy()
  }
}

async function ask(session: ReturnType<typeof connect>): Promise<string> {
  const request = session.request({
    ':method': 'POST',
    ':path': METHOD,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  request.end(Buffer.alloc(FRAME_BYTES))
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const [tag, length = 0, ...rest] = Buffer.concat(chunks).subarray(FRAME_BYTES)
  if (tag !== SERVER_VERSION_TAG) throw new Error('it does not answer like a Temporal server')
  return Buffer.from(rest.slice(0, length)).toString()
}
