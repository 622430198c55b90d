/** Frame of a panel, read from the SVG. */
export interface Frame {
  left: number
  top: number
  right: number
  bottom: number
}

/** The text of a named group of an SVG up to the next named one. */
export function groupOf(svg: string, name: string): string {
  const rest = svg.split(`data-name="${name}"`)[1]
  if (rest === undefined) throw new Error(`no group ${name}`)
  return rest.split('data-name=')[0]!
}

/** The `d` of every path of a text. */
export const pathsOf = (text: string): string[] => [...text.matchAll(/<path d="([^"]*)"/g)].map(m => m[1]!)

/** All points of a path. */
export function pointsOf(d: string): [number, number][] {
  return [...d.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(m => [Number(m[1]), Number(m[2])])
}

/** Frame of a panel. */
export function frameOf(svg: string, panel: string): Frame {
  const points = pointsOf(pathsOf(groupOf(svg, `axes-${panel}`))[0]!).slice(0, 4)
  const [xs, ys] = [points.map(p => p[0]), points.map(p => p[1])]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

/** Points of the n-th path of a panel's data. */
export function curveOf(svg: string, panel: string, n = 0): [number, number][] {
  return pointsOf(pathsOf(groupOf(svg, `data-${panel}`))[n]!)
}

/** All texts of an SVG with where they stand and how they are aligned. */
export function textsOf(svg: string): { x: number; y: number; text: string; anchor: string; rotate: number; size: number }[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(m => {
    const attributes = m[1]!
    const moved = /translate\((-?[\d.]+),(-?[\d.]+)\) rotate\((-?[\d.]+)\)/.exec(attributes)
    const own = (name: string): string | undefined => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]
    return {
      x: Number(moved?.[1] ?? own('x')),
      y: Number(moved?.[2] ?? own('y')),
      rotate: Number(moved?.[3] ?? 0),
      anchor: own('text-anchor') ?? 'start',
      size: Number(own('font-size')),
      text: m[2]!,
    }
  })
}

/** A number as a figure writes it. */
export const numberIn = (text: string): number => Number(text.replace('\u2212', '-').replaceAll('\u2009', ''))

/** Labelled ticks along x of a panel: number and pixel. */
export function xTicksOf(svg: string, panel: string): { value: number; at: number }[] {
  const { bottom } = frameOf(svg, panel)
  return textsOf(groupOf(svg, `axes-${panel}`))
    .filter(t => t.anchor === 'middle' && t.rotate === 0 && t.y > bottom && t.y < bottom + 20)
    .map(t => ({ value: numberIn(t.text), at: t.x }))
}

/** Labelled ticks along y of a panel: number and pixel. */
export function yTicksOf(svg: string, panel: string): { value: number; at: number }[] {
  const { left } = frameOf(svg, panel)
  return textsOf(groupOf(svg, `axes-${panel}`))
    .filter(t => t.anchor === 'end' && t.x < left)
    .map(t => ({ value: numberIn(t.text), at: t.y - 0.36 * t.size }))
}

/** Pixels to numbers by two labelled ticks of a linear axis. */
export function inverse(ticks: { value: number; at: number }[]): (pixel: number) => number {
  const [a, b] = [ticks[0]!, ticks.at(-1)!]
  return p => a.value + ((p - a.at) / (b.at - a.at)) * (b.value - a.value)
}
