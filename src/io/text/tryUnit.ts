import { type Unit, unit } from '../../core/unit.js'

/**
 * The unit that a text means, or `undefined` if it is none that is known.
 * @param text As a file has it.
 */
export function tryUnit(text: string): Unit | undefined {
  if (text.trim() === '') return undefined
  try {
    return unit(text === 'degrees' ? 'deg' : text)
  } catch {
    return undefined
  }
}
