import { fileError } from '../context.js'
import type { ReadContext } from '../format.js'

/** An element: its text, or its children and attributes (`@name`, text beside them `#text`). Elements of one name are a list. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] }

/**
 * Parses XML into plain objects. Texts stay texts, namespaces' prefixes are dropped, entities of the document's own are refused.
 * @param bytes   The document, UTF-8 or UTF-16 with its mark.
 * @param place   Its name within the file, for messages; empty for the file itself.
 * @param context Of the reading.
 * @throws OperandoError `E_FORMAT` where it is not well-formed, `E_TRUNCATED` where it ends within an element, `E_UNSUPPORTED` with entities.
 */
export async function parseXml(bytes: Uint8Array, place: string, context: ReadContext): Promise<XmlNode> {
  const { XMLParser, XMLValidator } = await import('fast-xml-parser')
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  const text = new TextDecoder(encoding).decode(bytes)
  if (/<!ENTITY/i.test(text))
    throw fileError('E_UNSUPPORTED', context.name, 'the XML defines entities of its own, which are never expanded.', place)
  const checked = XMLValidator.validate(text)
  if (checked !== true) {
    const { msg, line } = checked.err
    const root = /<([\w.:-]+)/.exec(text)?.[1]
    const cut = root === undefined || !text.trimEnd().endsWith(`</${root}>`)
    throw fileError(
      cut ? 'E_TRUNCATED' : 'E_FORMAT',
      context.name,
      `the XML is not whole: ${msg.replace(/\.$/, '')}. Copy the file anew.`,
      `${place}${place ? ' ' : ''}line ${line}`,
    )
  }
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    removeNSPrefix: true,
    ignoreDeclaration: true,
  })
  try {
    return parser.parse(text) as XmlNode
  } catch (error) {
    // the parser is stricter than its validator in a few places
    throw fileError(
      'E_FORMAT',
      context.name,
      `the XML cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      place,
    )
  }
}

/**
 * The elements of a name below an element, as many as there are.
 * @param node An element, or nothing.
 * @param path Names, one below the other; all elements of each are followed.
 */
export function elementsOf(node: XmlNode | undefined, ...path: readonly string[]): readonly XmlNode[] {
  let found: readonly XmlNode[] = node === undefined ? [] : [node]
  for (const name of path)
    found = found.flatMap(element => {
      const children = typeof element === 'string' ? undefined : element[name]
      return children === undefined ? [] : Array.isArray(children) ? (children as readonly XmlNode[]) : [children as XmlNode]
    })
  return found
}

/**
 * The text of the first element of a path, or of an attribute (`@unit`) at its end; `undefined` if it is not there.
 * @param node An element, or nothing.
 * @param path Names, one below the other.
 */
export function textOf(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const [element] = elementsOf(node, ...path)
  if (element === undefined) return undefined
  const text = typeof element === 'string' ? element : element['#text']
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined
}
