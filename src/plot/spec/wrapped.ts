import { textWidth } from '../textWidth.js'

/** The text, cut with an ellipsis where it is too long. */
function cut(text: string, length: number, size: number): string {
  if (textWidth(text, size) <= length) return text
  let kept = text
  while (kept !== '' && textWidth(`${kept}…`, size) > length) kept = kept.slice(0, -1).trimEnd()
  return `${kept}…`
}

/** Words into as few lines as fit. */
function lines(words: readonly string[], length: number, size: number): string[] {
  const out: string[] = []
  for (const word of words) {
    const longer = out.length > 0 ? `${out.at(-1)} ${word}` : word
    if (out.length === 0 || textWidth(longer, size) > length) out.push(word)
    else out[out.length - 1] = longer
  }
  return out
}

/**
 * A text in as few lines as fit a length. The unit at its end, in brackets, is kept in one piece and never lost: what is too long ends in an
 * ellipsis before it.
 * @param text   One line.
 * @param length Room for a line in px.
 * @param size   Font size in px.
 * @param most   Most lines. Default 3.
 */
export function wrapped(text: string, length: number, size: number, most = 3): string[] {
  if (textWidth(text, size) <= length) return [text]
  const unit = /^(.*) (\([^()]*\))$/.exec(text)
  const words = (unit ? unit[1]! : text).split(' ')
  const all = lines(unit ? [...words, unit[2]!] : words, length, size)
  if (all.length <= most) return all.map(line => cut(line, length, size))
  const tail = unit ? [unit[2]!] : []
  const head = lines(words, length, size)
  const room = most - tail.length
  const rest = head.slice(room - 1).join(' ')
  return [...head.slice(0, room - 1), cut(rest, length, size), ...tail]
}
