const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number): string => String(n).padStart(2, '0')

/**
 * A moment at a tick: the time of day as `23:00`, with seconds where they count, the day as `15 Nov` at midnight, the year at its beginning.
 * @param ms Milliseconds since 1970, UTC.
 */
export function dateTickText(ms: number): string {
  const date = new Date(ms)
  const [h, m, s, rest] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()]
  if (rest !== 0) return `${two(h)}:${two(m)}:${two(s)}.${String(rest).padStart(3, '0')}`
  if (s !== 0) return `${two(h)}:${two(m)}:${two(s)}`
  if (h !== 0 || m !== 0) return `${two(h)}:${two(m)}`
  const [day, month] = [date.getUTCDate(), date.getUTCMonth()]
  return day === 1 && month === 0 ? String(date.getUTCFullYear()) : `${day} ${MONTHS[month]}`
}

/**
 * The days that a time axis covers: `14 Nov 2023`, `14–15 Nov 2023`, `30 Nov – 2 Dec 2023`.
 * @param from Milliseconds since 1970, UTC.
 * @param to   The same, not before.
 */
export function dateSpanText(from: number, to: number): string {
  const [a, b] = [new Date(from), new Date(to)]
  const day = (d: Date): string => String(d.getUTCDate())
  const month = (d: Date): string => MONTHS[d.getUTCMonth()]!
  const year = (d: Date): string => String(d.getUTCFullYear())
  const end = `${day(b)} ${month(b)} ${year(b)}`
  if (year(a) !== year(b)) return `${day(a)} ${month(a)} ${year(a)} – ${end}`
  if (month(a) !== month(b)) return `${day(a)} ${month(a)} – ${end}`
  return day(a) === day(b) ? end : `${day(a)}–${end}`
}
