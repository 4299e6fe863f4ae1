import { SaxesParser } from 'saxes'
import { fileFault } from './invoice-error.ts'
import type { InvoiceFault } from './invoice-error.ts'
import type { XmlElement } from './xml-element.ts'

// UBL invoices are some ten levels deep. The bound also keeps the parser linear: it looks prefixes up through all open elements.
const maxDepth = 40
const maxAttributes = 100
// An invoice of 5 MB has some 100,000; ten times as many would be built to cost time.
const maxElements = 200_000

/**
 * Parses XML with namespaces into a tree.
 *
 * A DOCTYPE is refused before anything is parsed, wherever the text has one: UBL needs none, and entities, external
 * ones or a billion laughs, come only with it. The parser itself knows just the five entities of XML and loads nothing.
 */
export function parseXml(text: string): XmlElement {
  if (text.includes('<!DOCTYPE')) throw doctypeRefused()
  const tree = new TreeBuilder()
  const parser = new SaxesParser({ xmlns: true, position: true })
  parser.on('doctype', () => {
    throw doctypeRefused()
  })
  let wholeTextSeen = false
  parser.on('error', (error) => {
    throw wholeTextSeen ? truncated(error.message) : malformed(error.message)
  })
  parser.on('attribute', () => tree.attribute())
  parser.on('opentag', (tag) => {
    const attributes = new Map(Object.values(tag.attributes).map((attribute) => [attribute.name, attribute.value]))
    tree.open(tag.uri, tag.local, attributes)
  })
  parser.on('text', (part) => tree.text(part))
  parser.on('cdata', (part) => tree.text(part))
  parser.on('closetag', () => tree.close())
  parser.write(text)
  wholeTextSeen = true
  parser.close()
  return tree.root()
}

class TreeBuilder {
  #root: XmlElement | undefined
  #current: XmlElement | undefined
  #depth = 0
  #attributes = 0
  #elements = 0

  attribute(): void {
    this.#attributes += 1
    if (this.#attributes > maxAttributes) {
      throw unsupported(`an element has more than ${maxAttributes} attributes`)
    }
  }

  open(namespace: string, name: string, attributes: ReadonlyMap<string, string>): void {
    this.#attributes = 0
    this.#depth += 1
    this.#elements += 1
    if (this.#elements > maxElements) throw unsupported(`the document has more than ${maxElements} elements`)
    if (this.#depth > maxDepth) throw unsupported(`the elements are nested deeper than ${maxDepth} levels`)
    const element: XmlElement = { namespace, name, attributes, parent: this.#current, children: [], text: '' }
    this.#current?.children.push(element)
    this.#root ??= element
    this.#current = element
  }

  text(part: string): void {
    if (this.#current !== undefined) this.#current.text += part
  }

  close(): void {
    this.#depth -= 1
    this.#current = this.#current?.parent
  }

  root(): XmlElement {
    if (this.#root === undefined) throw malformed('the document has no element')
    return this.#root
  }
}

function unsupported(message: string): InvoiceFault {
  return fileFault('unsupported', message, 'send the UBL document as your invoicing software exports it')
}

function doctypeRefused(): InvoiceFault {
  return fileFault(
    'doctype-refused',
    'the document has a DOCTYPE, which could declare entities',
    'remove the DOCTYPE and every entity that it declares: UBL needs none',
  )
}

function malformed(reason: string): InvoiceFault {
  return fileFault('not-xml', `the file is not well-formed XML: ${reason}`, 'send the UBL XML document itself')
}

function truncated(reason: string): InvoiceFault {
  return fileFault(
    'xml-truncated',
    `the document ends too early: ${reason}`,
    'the transfer was probably cut off: send the whole file again',
  )
}
