/**
 * A number with its standard uncertainty in the last digits, `2.81948(7)`; two digits of it while they are below 20, as is usual: `0.4877(12)`.
 * @param value The number; NaN gives a dash.
 * @param sigma Its standard uncertainty; without one five significant digits are written.
 * @example
 * ```ts
 * import { formatUncertain } from 'operando/workflow'
 * formatUncertain(2.819484, 0.000068) // '2.81948(7)'
 * ```
 */
export function formatUncertain(value: number, sigma?: number | null): string {
  if (!Number.isFinite(value)) return '–'
  if (sigma === undefined || sigma === null || !(sigma > 0) || !Number.isFinite(sigma)) return trimmed(value.toPrecision(5))
  let decimals = Math.max(0, 1 - Math.floor(Math.log10(sigma)))
  let last = Math.round(sigma * 10 ** decimals)
  if (last >= 20 && decimals > 0) {
    decimals--
    last = Math.round(sigma * 10 ** decimals)
  }
  const text = value.toFixed(decimals)
  return `${minus(text)}(${decimals === 0 ? Math.round(sigma) : last})`
}

const minus = (text: string): string => (Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−'))
const trimmed = (text: string): string => minus(text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text)
