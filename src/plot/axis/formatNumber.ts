import { formatLocale, precisionFixed } from 'd3-format'

const locale = formatLocale({ decimal: '.', thousands: '\u2009', grouping: [3], currency: ['', ''], minus: '\u2212' })
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * An integer in superscript: `-3` is `⁻³`.
 * @param n The exponent.
 */
export function superscript(n: number): string {
  return (n < 0 ? '⁻' : '') + [...String(Math.abs(n))].map(d => SUPERSCRIPT[Number(d)]).join('')
}

/**
 * Format for ticks a step apart: as many decimals as the step needs, a true minus, thin spaces between thousands from 10 000 on.
 * @param step Distance of ticks.
 */
export function tickFormat(step: number): (value: number) => string {
  const decimals = step > 0 && Number.isFinite(step) ? Math.min(15, precisionFixed(step)) : 2
  const plain = locale.format(`.${decimals}f`)
  const grouped = locale.format(`,.${decimals}f`)
  return v => {
    const text = Math.abs(v) >= 1e4 ? grouped(v) : plain(v)
    // what rounds to zero has no sign
    return /^\u2212[0.]*$/.test(text) ? text.slice(1) : text
  }
}

/**
 * A single number as people write it: four significant digits, powers of ten beyond 10⁵ and below 10⁻³.
 * @param value  The number.
 * @param digits Significant digits. Default 4.
 */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'no value' : value > 0 ? '∞' : '\u2212∞'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e5 || size < 1e-3)) {
    const exponent = Math.floor(Math.log10(size))
    const mantissa = locale.format(`.${digits}~r`)(value / 10 ** exponent)
    return `${mantissa === '1' ? '' : `${mantissa}\u2009×\u2009`}10${superscript(exponent)}`
  }
  return locale.format(size >= 1e4 ? `,.${digits}~r` : `.${digits}~r`)(value)
}
