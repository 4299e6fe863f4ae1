import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invoiceErrorCodes } from '../../src/invoice/invoice-error.ts'
import { readInvoice } from '../../src/invoice/read-invoice.ts'
import { invoiceXml } from '../invoice-xml.ts'
import { errorIn } from '../reading.ts'
import { sampleInvoice } from '../sample-invoice.ts'

const xml = invoiceXml(sampleInvoice())

describe('a hostile file', () => {
  it('is refused at once when it has 50 MB', () => {
    const bytes = new Uint8Array(50_000_000).fill(0x20)
    const started = performance.now()
    expect(errorIn(bytes)).toMatchObject({ code: 'file-too-large', path: '/' })
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('may have as many bytes as the limit, and no more', () => {
    const bytes = Buffer.from(xml)
    expect(readInvoice(bytes, { maxBytes: bytes.length })).toMatchObject({ ok: true })
    expect(readInvoice(bytes, { maxBytes: bytes.length - 1 })).toMatchObject({ error: { code: 'file-too-large' } })
  })

  it('has its DOCTYPE refused wherever it stands, also behind a comment and in another encoding', () => {
    const doctype = '<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:1/a.dtd">'
    const late = xml.replace('<Invoice ', `<!-- <Invoice> --> ${doctype}<Invoice `)
    expect(errorIn(late).code).toBe('doctype-refused')
    const wide = Buffer.from(`\ufeff${late.replace('UTF-8', 'UTF-16')}`, 'utf16le')
    expect(errorIn(wide).code).toBe('doctype-refused')
  })

  it('has no entities but those of XML', () => {
    expect(errorIn(xml.replace('Copy paper A4', '&nbsp;')).code).toBe('not-xml')
  })

  it.each([
    ['deep nesting', `<a>${'<b>'.repeat(1_000_000)}`],
    ['many attributes', `<a ${Array.from({ length: 300_000 }, (_, i) => `a${i}=""`).join(' ')}/>`],
    ['many namespaces', `<a ${Array.from({ length: 100_000 }, (_, i) => `xmlns:a${i}="u${i}"`).join(' ')}/>`],
    ['many elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`],
    ['many digits', xml.replace('151.25</cbc:PayableAmount>', `${'9'.repeat(4_000_000)}</cbc:PayableAmount>`)],
  ])('with %s is refused within seconds', (_, hostile) => {
    const started = performance.now()
    errorIn(hostile)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('gives an error and never throws: random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const result = readInvoice(bytes)
        expect(result.ok || invoiceErrorCodes.includes(result.error.code)).toBe(true)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('gives an error and never throws: a document with pieces cut out, doubled or replaced', () => {
    const place = fc.nat({ max: xml.length })
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('<', '>', '&', '"', ']]>', '<![CDATA[', '<!--', '<?', '-', '\0', '</cac:Price>'),
    )
    fc.assert(
      fc.property(place, fc.nat({ max: 40 }), piece, (at, length, inserted) => {
        const result = readInvoice(Buffer.from(xml.slice(0, at) + inserted + xml.slice(at + length)))
        expect(result.ok || result.error.hint.length > 0).toBe(true)
      }),
      { seed: 2, numRuns: 1_000 },
    )
  })

  it('is called truncated wherever it was cut off', () => {
    for (let end = xml.indexOf('<Invoice ') + 9; end < xml.length - 1; end += 7) {
      expect(errorIn(xml.slice(0, end)).code).toBe('xml-truncated')
    }
  })
})
