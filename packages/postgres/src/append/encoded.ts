import type { AppendRequest } from '@roster/core'

/** The long texts of a request as UTF-8. */
export interface EncodedTexts {
  readonly envelope: Buffer
  readonly body: Buffer
  readonly pending: readonly Buffer[]
}

/**
 * Encodes what is long as soon as the request comes, while another call is in flight. V8 has built these texts of thousands of small pieces,
 * which it joins only now: that is most of the client's work.
 */
export function encodedTexts({ record, pending }: AppendRequest): EncodedTexts {
  return {
    envelope: Buffer.from(record.envelope),
    body: Buffer.from(record.body),
    pending: pending.map(({ body }) => Buffer.from(body)),
  }
}
