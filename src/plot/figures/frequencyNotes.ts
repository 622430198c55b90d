import type { ImpedanceSpectrum } from '../../cell/electrochemistry/impedance/spectrum.js'
import { finiteRange } from '../axis/range.js'
import type { NoteLayer } from '../spec/figureSpec.js'
import { textWidth } from '../textWidth.js'

const PREFIXES = ['n', 'µ', 'm', '', 'k', 'M', 'G']
const SIZE = 10.5
/** Half the height of a line of figures and capitals, and what is kept free around it, px. */
const HALF_HEIGHT = 4.5
const FREE = 4

/** Turns from the outer side of the curve, degrees, and distances from the point, px: the first that is free is taken. */
const TURNS = [0, 40, -40, 80, -80, 180, 140, -140]
const DISTANCES = [5, 11]

/** `10 kHz` for 4. */
function frequencyText(exponent: number): string {
  const third = Math.floor(exponent / 3)
  return `${10 ** (exponent - 3 * third)} ${PREFIXES[third + 3] ?? ''}Hz`
}

/** A curve of a Nyquist plot: Re Z and -Im Z in Ω. */
export type NyquistCurve = readonly [x: Float64Array, y: Float64Array]

interface Box {
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly halfHeight: number
}

/**
 * Names of whole decades of the frequency at the points nearest to them, within a tenth of a decade: each where neither a curve nor another name is; left out
 * where there is no such place.
 * @param spectrum The spectrum that is named.
 * @param curves   All curves of the panel.
 * @param domain   Re Z shown, Ω.
 * @param perPixel Ω a px.
 */
export function frequencyNotes(
  spectrum: ImpedanceSpectrum,
  curves: readonly NyquistCurve[],
  domain: readonly [low: number, high: number],
  perPixel: number,
): NoteLayer[] {
  const { frequency, real, imaginary } = spectrum
  const logs = frequency.map(f => Math.log10(f))
  const [low, high] = finiteRange(logs) ?? [0, 0]
  // the line of Im Z = 0 is in the way too
  const drawn = pixelsOf([...curves, [Float64Array.from(domain), new Float64Array(2)]], perPixel)
  const boxes: Box[] = []
  const notes: NoteLayer[] = []
  for (let exponent = Math.round(high); exponent >= Math.round(low); exponent--) {
    let nearest = 0
    for (let i = 1; i < logs.length; i++) if (Math.abs(logs[i]! - exponent) < Math.abs(logs[nearest]! - exponent)) nearest = i
    if (Math.abs(logs[nearest]! - exponent) > 0.1) continue
    const text = frequencyText(exponent)
    const at = [real[nearest]! / perPixel, imaginary[nearest]! / perPixel] as const
    const box = placeOf(
      at,
      outerSide(spectrum, nearest),
      textWidth(text, SIZE) / 2,
      domain.map(x => x / perPixel),
      drawn,
      boxes,
    )
    if (!box) continue
    boxes.push(box)
    const [x, y] = [real[nearest]!, -imaginary[nearest]!]
    notes.push({
      kind: 'note',
      x,
      y,
      text,
      color: '#444444',
      anchor: 'middle',
      size: SIZE,
      dx: box.x - at[0],
      dy: box.y - at[1] + HALF_HEIGHT - 1,
    })
  }
  return notes
}

/** The curves as points 2 px apart or nearer, x and y in px from the origin, y downwards. */
function pixelsOf(curves: readonly NyquistCurve[], perPixel: number): (readonly [number, number])[] {
  return curves.flatMap(([xs, ys]) => {
    const points: (readonly [number, number])[] = []
    for (let i = 0; i < xs.length; i++) {
      const [x, y] = [xs[i]! / perPixel, -ys[i]! / perPixel]
      const [px, py] = points.at(-1) ?? [x, y]
      const steps = Math.min(500, Math.max(1, Math.ceil(Math.hypot(x - px, y - py) / 2)))
      for (let k = 1; k <= steps; k++) points.push([px + ((x - px) * k) / steps, py + ((y - py) * k) / steps])
    }
    return points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  })
}

/** Direction away from the curve at a point, on its upper or left side, radians from the right downwards. */
function outerSide({ real, imaginary }: ImpedanceSpectrum, at: number): number {
  const [a, b] = [Math.max(0, at - 1), Math.min(real.length - 1, at + 1)]
  const [tx, ty] = [real[b]! - real[a]!, imaginary[b]! - imaginary[a]!]
  const side = Math.abs(tx) > 0.15 * Math.abs(ty) ? Math.sign(tx) : -Math.sign(ty)
  return Math.atan2(-tx * side, ty * side)
}

function placeOf(
  [x, y]: readonly [number, number],
  outwards: number,
  halfWidth: number,
  [left, right]: readonly number[],
  drawn: readonly (readonly [number, number])[],
  taken: readonly Box[],
): Box | undefined {
  for (const distance of DISTANCES)
    for (const turn of TURNS) {
      const angle = outwards + (turn * Math.PI) / 180
      const [dx, dy] = [Math.cos(angle), Math.sin(angle)]
      // the box is moved until its border is that far away
      const reach = distance + Math.min((halfWidth + FREE) / Math.abs(dx), (HALF_HEIGHT + FREE) / Math.abs(dy))
      const box = { x: x + dx * reach, y: y + dy * reach, halfWidth, halfHeight: HALF_HEIGHT }
      const free =
        box.x - halfWidth > left! + FREE &&
        box.x + halfWidth < right! - FREE &&
        drawn.every(([px, py]) => Math.abs(px - box.x) > halfWidth + FREE || Math.abs(py - box.y) > HALF_HEIGHT + FREE) &&
        taken.every(
          other =>
            Math.abs(other.x - box.x) > halfWidth + other.halfWidth + FREE || Math.abs(other.y - box.y) > 2 * HALF_HEIGHT + FREE,
        )
      if (free) return box
    }
  return undefined
}
