import { thompsonCoxHastingsAt } from '../../profiles/thompsonCoxHastings.js'
import type { SourceLine } from '../phases/phaseModel.js'
import type { LineWidthParameters } from '../widths/lineWidths.js'
import type { PatternPhase } from './patternLayout.js'

const RADIANS = Math.PI / 180

/** Where lines lie and how wide they are, and how that changes: for line k and source s the numbers stand at k x sources + s. Angles in degrees but for theta. */
export interface LinePlaces {
  /** Lines of the source. */
  readonly sources: readonly SourceLine[]
  /** Sine of the Bragg angle; 1 or more beyond back-scattering: there is no such line. */
  readonly sin: Float64Array
  /** Its cosine. */
  readonly cos: Float64Array
  /** Its tangent. */
  readonly tan: Float64Array
  /** Centres, degrees 2theta, zero and displacement included. */
  readonly centre: Float64Array
  /** d centre / d theta. */
  readonly centreByTheta: Float64Array
  /** Fwhm of the pseudo-Voigt. */
  readonly fwhm: Float64Array
  /** Its Lorentzian share. */
  readonly eta: Float64Array
  /** d fwhm / d gaussian², d eta / d gaussian². */
  readonly fwhmBySquare: Float64Array
  readonly etaBySquare: Float64Array
  /** d fwhm / d lorentzian, d eta / d lorentzian. */
  readonly fwhmByLorentzian: Float64Array
  readonly etaByLorentzian: Float64Array
  /** d gaussian² / d theta, d lorentzian / d theta. */
  readonly squareByTheta: Float64Array
  readonly lorentzianByTheta: Float64Array
}

/** Places for a number of lines. */
export function createLinePlaces(lines: number, sources: readonly SourceLine[]): LinePlaces {
  const make = (): Float64Array => new Float64Array(lines * sources.length)
  return {
    sources,
    sin: make(),
    cos: make(),
    tan: make(),
    centre: make(),
    centreByTheta: make(),
    fwhm: make(),
    eta: make(),
    fwhmBySquare: make(),
    etaBySquare: make(),
    fwhmByLorentzian: make(),
    etaByLorentzian: make(),
    squareByTheta: make(),
    lorentzianByTheta: make(),
  }
}

/** Widths of the instrument in the order of a phase's parameters: u, v, w, p, size, strain, constant. */
export function instrumentWidths({
  u = 0,
  v = 0,
  w = 0,
  p = 0,
  size = 0,
  strain = 0,
  constant = 0,
}: LineWidthParameters): Float64Array {
  return Float64Array.of(u, v, w, p, size, strain, constant)
}

const both = /* @__PURE__ */ new Float64Array(6)

/**
 * Places the lines of a phase: 2theta + zero + displacement cos(theta), widths as `lineWidths`, those of instrument and phase added. Kernel.
 * @param own          The phase in this pattern.
 * @param p            All parameters.
 * @param zero         Degrees.
 * @param displacement Degrees.
 * @param instrument   Seven widths of the instrument.
 * @param least        Narrower Gaussians hardly are narrower still, degrees: u, v, w on their way may give a negative square.
 * @param places       Receives the places.
 */
export function placeLines(
  own: PatternPhase,
  p: Float64Array,
  zero: number,
  displacement: number,
  instrument: Float64Array,
  least: number,
  places: LinePlaces,
): void {
  const { spacings, cell } = own.phase
  const stride = 1 + cell.names.length
  const { sources } = places
  const at = own.widthsAt
  const u = p[at]! + instrument[0]!
  const v = p[at + 1]! + instrument[1]!
  const w = p[at + 2]! + instrument[2]!
  const q = p[at + 3]! + instrument[3]!
  const constant = p[at + 6]! + instrument[6]!
  const least2 = least * least
  shapeLines(own, p)
  for (let r = 0; r < own.count; r++) {
    const size = own.size[r]! + instrument[4]!
    const strain = own.strain[r]! + instrument[5]!
    for (let s = 0; s < sources.length; s++) {
      const m = (own.firstLine + r) * sources.length + s
      const sin = 0.5 * sources[s]!.wavelength * spacings[r * stride]!
      places.sin[m] = sin
      if (!(sin < 1)) continue
      const cos = Math.sqrt(1 - sin * sin)
      const tan = sin / cos
      const inverse2 = 1 / (cos * cos)
      const square = u * tan * tan + v * tan + w + q * inverse2
      const lorentzian = size / cos + strain * tan + constant
      // below the least square a hyperbola that never reaches 0: from wherever u, v, w stray there is a way back
      const isWide = square >= least2
      const seen = isWide ? square : (least2 * least2) / (2 * least2 - square)
      const gaussian = Math.sqrt(seen)
      const isBroad = lorentzian >= 0
      thompsonCoxHastingsAt(gaussian, isBroad ? lorentzian : 0, both)
      const bySquare = (isWide ? 1 : (seen / least2) ** 2) * (0.5 / gaussian)
      places.cos[m] = cos
      places.tan[m] = tan
      places.centre[m] = (2 / RADIANS) * Math.asin(sin) + zero + displacement * cos
      places.centreByTheta[m] = 2 / RADIANS - displacement * sin
      places.fwhm[m] = both[0]!
      places.eta[m] = both[1]!
      places.fwhmBySquare[m] = both[2]! * bySquare
      places.etaBySquare[m] = both[4]! * bySquare
      places.fwhmByLorentzian[m] = isBroad ? both[3]! : 0
      places.etaByLorentzian[m] = isBroad ? both[5]! : 0
      places.squareByTheta[m] = (2 * (u + q) * tan + v) * inverse2
      places.lorentzianByTheta[m] = (size * sin + strain) * inverse2
    }
  }
}

/** Lorentzian coefficients of single lines, and how they change: size along and across an axis, strain after Stephens. */
function shapeLines(own: PatternPhase, p: Float64Array): void {
  const { widthsAt, sizeAlongAt, axisAngles, phase, count } = own
  const { stephensAt, stephens } = phase
  const across = p[widthsAt + 4]!
  const strain = p[widthsAt + 5]!
  if (sizeAlongAt < 0 && stephensAt < 0) {
    own.size.fill(across)
    own.strain.fill(strain)
    return
  }
  const along = sizeAlongAt < 0 ? across : p[sizeAlongAt]!
  const terms = stephens?.kept.length ?? 0
  for (let r = 0; r < count; r++) {
    const cos2 = sizeAlongAt < 0 ? 0 : axisAngles![r]!
    const size = Math.sqrt(along * along * cos2 + across * across * (1 - cos2))
    own.size[r] = size
    own.bySize[r] = size > 0 ? (across * (1 - cos2)) / size : Math.sqrt(1 - cos2)
    own.bySizeAlong[r] = size > 0 ? (along * cos2) / size : Math.sqrt(cos2)
    let variance = 0
    for (let j = 0; j < terms; j++) variance += p[stephensAt + j]! * stephens!.values[r * terms + j]!
    const extra = Math.sqrt(Math.max(0, variance))
    own.strain[r] = strain + extra
    own.byVariance[r] = variance > 0 ? 0.5 / extra : 0
  }
}
