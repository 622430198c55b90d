/** What a literal of Perl's Data::Dumper can be. */
export type PerlValue = string | null | readonly PerlValue[] | { readonly [key: string]: PerlValue }

/** Lists and hashes stand no deeper than this. */
const DEEPEST = 40

/**
 * Reads literals of Perl, as Data::Dumper writes them: quoted texts, numbers, lists, hashes, `bless(hash, 'Class')`. Numbers stay texts. Nothing is ever evaluated.
 * @param text The file.
 */
export class PerlReader {
  /** Where the next character is. */
  at = 0

  /**
   * A reader at the beginning.
   * @param text The file.
   */
  constructor(readonly text: string) {}

  /**
   * One value from here on.
   * @returns The value, or `undefined` where there is none that is whole.
   */
  value(depth = 0): PerlValue | undefined {
    this.skip()
    const { text } = this
    const c = text[this.at]
    if (c === undefined || depth > DEEPEST) return undefined
    if (c === "'" || c === '"') return this.quoted(c)
    if (c === '(' || c === '[') return this.list(c === '(' ? ')' : ']', depth)
    if (c === '{') {
      const flat = this.list('}', depth)
      if (!flat) return undefined
      const hash: Record<string, PerlValue> = {}
      for (let i = 0; i + 1 < flat.length; i += 2) hash[String(flat[i])] = flat[i + 1]!
      return hash
    }
    const word = /[\w.+-]+/y
    word.lastIndex = this.at
    const [found] = word.exec(text) ?? []
    if (found === undefined) return undefined
    this.at += found.length
    if (found === 'undef') return null
    if (found !== 'bless') return found
    const blessed = this.value(depth + 1)
    return Array.isArray(blessed) ? blessed[0] : undefined
  }

  private skip(): void {
    while (/[\s,]/.test(this.text[this.at] ?? '')) this.at++
  }

  private list(end: string, depth: number): PerlValue[] | undefined {
    const items: PerlValue[] = []
    this.at++
    for (;;) {
      this.skip()
      if (this.text.startsWith('=>', this.at)) this.at += 2
      else if (this.text[this.at] === end) {
        this.at++
        return items
      } else {
        const item = this.value(depth + 1)
        if (item === undefined) return undefined
        items.push(item)
      }
    }
  }

  private quoted(quote: string): string | undefined {
    let out = ''
    let from = ++this.at
    const { text } = this
    for (let i = from; i < text.length; i++) {
      const c = text[i]
      if (c === '\\') {
        out += text.slice(from, i)
        from = ++i
      } else if (c === quote) {
        this.at = i + 1
        return out + text.slice(from, i)
      }
    }
    return undefined
  }
}
