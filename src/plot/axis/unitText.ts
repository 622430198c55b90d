import type { Unit } from '../../core/unit.js'
import { superscript } from './formatNumber.js'

/**
 * A unit as figures show it: `1/Å` becomes `Å⁻¹`, `cm^-1` becomes `cm⁻¹`, `V` against a reference `V vs. Li/Li⁺`.
 * @param unit The unit or its symbol; none gives `''`.
 */
export function unitText(unit: Unit | string | undefined): string {
  if (unit === undefined) return ''
  const symbol = (typeof unit === 'string' ? unit : unit.symbol).trim()
  const reference = typeof unit === 'string' ? undefined : unit.reference
  const text = symbol
    .replace(
      /^1\/(\p{L}+)(?:\^?(\d+))?$/u,
      (_, base: string, power: string | undefined) => base + superscript(-Number(power ?? 1)),
    )
    .replace(/\^\(?([-−]?\d+)\)?/g, (_, power: string) => superscript(Number(power.replace('−', '-'))))
    .replace(/\*/g, '·')
  const charged = reference?.replace(/\+$/, '⁺')
  return charged && !text.includes('vs') ? `${text} vs. ${charged}` : text
}

/**
 * The title of an axis: `q (Å⁻¹)`, `Intensity (10³ counts)`, `Phase fraction`.
 * @param label    What it is.
 * @param unit     Unit as shown, `''` for none.
 * @param exponent Power of ten taken out of the ticks. Default 0.
 */
export function axisTitle(label: string, unit: string, exponent = 0): string {
  const factor = exponent === 0 ? '' : `10${superscript(exponent)}`
  const inside = [factor, unit].filter(part => part !== '').join(' ')
  if (inside === '') return label
  return label === '' ? inside : `${label} (${inside})`
}
