import { TextDecoder } from 'node:util'
import { fileFault } from './invoice-error.ts'

/** The text of a file, or a fault: empty, too large, not text at all, or not in the encoding that it names. */
export function fileText(bytes: Uint8Array, maxBytes: number): string {
  if (bytes.length > maxBytes) {
    throw fileFault(
      'file-too-large',
      `the file has ${bytes.length} bytes, the limit is ${maxBytes}`,
      'send the invoice without embedded attachments, or raise maxBytes',
    )
  }
  const encoding = encodingOf(bytes)
  const text = decode(bytes, encoding)
  if (text.trim() === '') {
    throw fileFault('file-empty', 'the file has no content', 'check the upload and send the UBL document again')
  }
  if (text.includes('\0')) throw binary()
  return text
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = String.fromCharCode(...bytes.subarray(0, 200))
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8'
}

function decode(bytes: Uint8Array, encoding: string): string {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    throw fileFault(
      'unsupported',
      `the encoding ${encoding} is not supported`,
      'save the document as UTF-8, as Peppol requires',
    )
  }
  try {
    return decoder.decode(bytes)
  } catch {
    if (bytes.includes(0) || !startsLikeXml(bytes)) throw binary()
    throw fileFault(
      'encoding-invalid',
      `the file is not valid ${encoding}`,
      'save the document as UTF-8, or name its encoding in the XML declaration',
    )
  }
}

function startsLikeXml(bytes: Uint8Array): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(String.fromCharCode(...bytes.subarray(0, 200)))
}

function binary() {
  return fileFault(
    'binary',
    'the file is not text',
    'send the UBL XML document itself, not a PDF, a scan or an archive of it',
  )
}
