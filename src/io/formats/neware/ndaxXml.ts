/**
 * Text of an XML file of an .ndax: Neware writes GB2312, newer software UTF-8.
 * @param bytes The entry; `''` if it is absent.
 */
export function xmlText(bytes: Uint8Array | undefined): string {
  if (!bytes) return ''
  const declared = /encoding="utf-?8"/i.test(new TextDecoder('windows-1252').decode(bytes.subarray(0, 200)))
  return new TextDecoder(declared ? 'utf-8' : 'gb18030').decode(bytes)
}

/** A tag is not longer. */
const LONGEST = 4000

/**
 * The attributes of all tags of a name, also of a file that is not well-formed: what it says is beside the matter, the rows are read without it. These files hold everything in attributes; entities beyond the five of XML are left as they are, nothing is expanded.
 * @param xml  The text.
 * @param name Pattern for the whole name of a tag.
 */
export function attributesOf(xml: string, name: RegExp): Record<string, string>[] {
  const found: Record<string, string>[] = []
  for (const tag of xml.split('<').slice(1)) {
    const text = tag.slice(0, LONGEST)
    if (!name.test(/^[\w.]{0,80}/.exec(text)![0])) continue
    const attributes: Record<string, string> = {}
    for (const [, key, value] of text.split('>', 1)[0]!.matchAll(/\s([\w.]{1,80})="([^"]{0,1000})"/g))
      attributes[key!] = unescaped(value!)
    found.push(attributes)
  }
  return found
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

const unescaped = (text: string): string => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name]!)
