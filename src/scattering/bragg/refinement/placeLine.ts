const RADIANS = Math.PI / 180

/** Where a line lies, how wide it is, and how that changes. */
export interface LinePlace {
  /** Bragg angle, radians. */
  theta: number
  /** Its sine. */
  sin: number
  /** Its cosine. */
  cos: number
  /** Its tangent. */
  tan: number
  /** Where the line lies, degrees 2theta. */
  centre: number
  /** d centre / d theta. */
  centreByTheta: number
  /** Gaussian fwhm, degrees. */
  gaussian: number
  /** d gaussian / d (its square); 0 where the square has been kept from falling too low. */
  bySquare: number
  /** d gaussian / d theta. */
  gaussianByTheta: number
  /** Lorentzian fwhm, degrees. */
  lorentzian: number
  /** d lorentzian / d theta. */
  lorentzianByTheta: number
}

/** A place to be filled. */
export function createLinePlace(): LinePlace {
  return {
    theta: 0.5,
    sin: 0.5,
    cos: 0.5,
    tan: 0.5,
    centre: 0.5,
    centreByTheta: 0.5,
    gaussian: 0.5,
    bySquare: 0.5,
    gaussianByTheta: 0.5,
    lorentzian: 0.5,
    lorentzianByTheta: 0.5,
  }
}

/**
 * Places a line: 2theta + zero + displacement cos(theta), widths as `lineWidths`. Kernel.
 * @param sin          wavelength / 2d, below 1.
 * @param zero         Degrees.
 * @param displacement Degrees.
 * @param p            Parameters; u, v, w, p, size, strain, constant are read from `at` on.
 * @param at           Where they begin.
 * @param least        The Gaussian is not taken to be narrower, degrees: u, v, w on their way may give a negative square.
 * @param place        Receives the place.
 */
export function placeLine(
  sin: number,
  zero: number,
  displacement: number,
  p: Float64Array,
  at: number,
  least: number,
  place: LinePlace,
): void {
  const theta = Math.asin(sin)
  const cos = Math.sqrt(1 - sin * sin)
  const tan = sin / cos
  const inverse2 = 1 / (cos * cos)
  const [u, v, w, q] = [p[at]!, p[at + 1]!, p[at + 2]!, p[at + 3]!]
  const [size, strain, constant] = [p[at + 4]!, p[at + 5]!, p[at + 6]!]
  const square = u * tan * tan + v * tan + w + q * inverse2
  const isWide = square >= least * least
  place.theta = theta
  place.sin = sin
  place.cos = cos
  place.tan = tan
  place.centre = (2 * theta) / RADIANS + zero + displacement * cos
  place.centreByTheta = 2 / RADIANS - displacement * sin
  place.gaussian = isWide ? Math.sqrt(square) : least
  place.bySquare = isWide ? 0.5 / place.gaussian : 0
  place.gaussianByTheta = place.bySquare * (2 * (u + q) * tan + v) * inverse2
  place.lorentzian = Math.max(0, size / cos + strain * tan + constant)
  place.lorentzianByTheta = (size * sin + strain) * inverse2
}
