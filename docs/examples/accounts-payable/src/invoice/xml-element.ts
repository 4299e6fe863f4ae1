/** One element of a document, with its namespace resolved. */
export interface XmlElement {
  readonly namespace: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly parent: XmlElement | undefined
  readonly children: XmlElement[]
  text: string
}

const prefixes = new Map([
  ['urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2', 'cbc'],
  ['urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2', 'cac'],
])

/** The name with its usual prefix (`cbc:ID`), whatever prefix the document uses. A foreign element is `?:Name`. */
function qualifiedName(element: XmlElement): string {
  if (element.parent === undefined) return element.name
  return `${prefixes.get(element.namespace) ?? '?'}:${element.name}`
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => qualifiedName(child) === name)
}

/** The first element down `path` (`cac:Party/cbc:EndpointID`). */
export function elementAt(element: XmlElement, path: string): XmlElement | undefined {
  let found: XmlElement | undefined = element
  for (const name of path.split('/')) {
    found = found?.children.find((child) => qualifiedName(child) === name)
  }
  return found
}

/** Where the element is, such as `/Invoice/cac:InvoiceLine[2]/cbc:ID`; an index is written only among several of a name. */
export function pathOf(element: XmlElement): string {
  const name = qualifiedName(element)
  if (element.parent === undefined) return `/${name}`
  const siblings = childrenOf(element.parent, name)
  const index = siblings.length > 1 ? `[${siblings.indexOf(element) + 1}]` : ''
  return `${pathOf(element.parent)}/${name}${index}`
}
