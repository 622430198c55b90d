/** Longest unit, quantity or time that is read, in characters: hostile files have lines of a million. */
export const LONGEST_WORD = 200

/**
 * A piece of input for an error message, in quotes and cut to a length that people read.
 * @param text What was found.
 */
export function quote(text: string): string {
  return text.length <= 80 ? `'${text}'` : `'${text.slice(0, 77)}...' (${text.length} characters)`
}
