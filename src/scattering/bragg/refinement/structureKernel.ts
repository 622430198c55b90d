import { reciprocalCell } from '../../../model/crystal/reciprocalCell.js'
import type { ReflectionList } from '../../../model/crystal/reflections.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { ScatteringFactors } from '../structureFactors/loadScatteringFactors.js'
import { turnReflections } from '../structureFactors/siteSums.js'
import type { SiteParameters } from './structureParameters.js'

/** |F|² of the lines of a phase, and its derivatives by the parameters of its sites. */
export interface StructureKernel {
  /** Indices of all parameters that |F|² depends on. */
  readonly parameters: Int32Array
  /** |F|², as last computed. */
  readonly squares: Float64Array
  /** d|F|² / d parameter, `count` values a parameter, in the order of `parameters`; filled where wanted. */
  readonly slopes: Float64Array
  /**
   * Takes another cell: scattering and displacement depend on the spacings.
   * @param inverse 1/d of line r at r x stride.
   * @param stride  Numbers a line.
   * @param cell    The cell, for anisotropic displacements.
   */
  settle(inverse: Float64Array, stride: number, cell: UnitCell): void
  /**
   * Computes |F|².
   * @param p      All parameters.
   * @param wanted 1 for parameters whose derivative is wanted; null for none.
   */
  compute(p: Float64Array, wanted: Uint8Array | null): void
}

/** Numbers of a site's derivatives: three coordinates, occupancy, then uIso or six of a tensor. */
const OWN = 10

/**
 * Makes the kernel.
 * @param group   Space group.
 * @param sites   Sites with their parameters.
 * @param factors Scattering factors of the sites.
 * @param list    Lines; the first `count` of them.
 * @param count   How many.
 * @see International Tables for Crystallography C (2004), 6.1
 */
export function createStructureKernel(
  group: SpaceGroup,
  sites: readonly SiteParameters[],
  { kinds, kindOfSite }: ScatteringFactors,
  list: ReflectionList,
  count: number,
): StructureKernel {
  const { turns, hkl, phase } = turnReflections(list, group)
  const parameters = Int32Array.from(
    sites.flatMap(({ coordinates, positionAt, occupancyAt, displacementAt, tensor }) => [
      ...coordinates.free.map((_, j) => positionAt + j),
      occupancyAt,
      ...(tensor ? tensor.free.map((_, j) => displacementAt + j) : [displacementAt]),
    ]),
  )
  const squares = new Float64Array(count)
  const slopes = new Float64Array(count * parameters.length)
  const s2 = new Float64Array(count)
  const real = kinds.map(() => new Float64Array(count))
  const betaScale = new Float64Array(6)
  const [a, b, a2, b2] = [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  // d C and d S of each site by its own numbers, by line
  const byOwn = sites.map(() => new Float64Array(2 * OWN * count))
  const beta = new Float64Array(6)
  const position = new Float64Array(3)
  const twoPi = 2 * Math.PI

  const sumSite = (index: number, p: Float64Array, withSlopes: boolean): void => {
    const { coordinates, positionAt, occupancyAt, displacementAt, tensor, multiplicity, position: start, site } = sites[index]!
    const k = coordinates.free.length
    for (let i = 0; i < 3; i++) {
      position[i] = start[i]!
      for (let j = 0; j < k; j++)
        position[i]! += coordinates.matrix[k * i + j]! * (p[positionAt + j]! - start[coordinates.free[j]!]!)
    }
    if (tensor) {
      const m = tensor.free.length
      for (let i = 0; i < 6; i++) {
        beta[i] = betaScale[i]! * site.uAniso![i]!
        for (let j = 0; j < m; j++) {
          const own = tensor.free[j]!
          // the tensor's symmetry holds for U_ij a*_i a*_j; betaScale has the 2 of the mixed ones
          const tied = (tensor.matrix[m * i + j]! * betaScale[own]! * doubled(i)) / doubled(own)
          beta[i]! += tied * (p[displacementAt + j]! - site.uAniso![own]!)
        }
      }
    }
    const iso = tensor ? 0 : 8 * Math.PI ** 2 * p[displacementAt]!
    const unit = multiplicity / turns
    const occupancy = p[occupancyAt]!
    const kind = kindOfSite[index]!
    const f = real[kind]!
    const f2 = kinds[kind]!.imaginary
    const own = byOwn[index]!
    const [x, y, z] = [position[0]!, position[1]!, position[2]!]
    for (let n = 0; n < count; n++) {
      let [c, s] = [0, 0]
      let [cx, cy, cz, sx, sy, sz] = [0, 0, 0, 0, 0, 0]
      const at = 2 * OWN * n
      if (withSlopes) for (let i = 8; i < 2 * OWN; i++) own[at + i] = 0
      for (let t = n * turns, end = t + turns; t < end; t++) {
        const h = hkl[3 * t]!
        const l = hkl[3 * t + 1]!
        const m = hkl[3 * t + 2]!
        const angle = twoPi * (h * x + l * y + m * z + phase[t]!)
        let cos = Math.cos(angle)
        let sin = Math.sin(angle)
        if (tensor) {
          const damp = Math.exp(
            -(beta[0]! * h * h + beta[1]! * l * l + beta[2]! * m * m + beta[3]! * l * m + beta[4]! * h * m + beta[5]! * h * l),
          )
          cos *= damp
          sin *= damp
          if (withSlopes) {
            addTensorSlopes(own, at + 8, cos, h, l, m)
            addTensorSlopes(own, at + 14, sin, h, l, m)
          }
        }
        c += cos
        s += sin
        if (withSlopes) {
          cx -= h * sin
          cy -= l * sin
          cz -= m * sin
          sx += h * cos
          sy += l * cos
          sz += m * cos
        }
      }
      const damp = unit * (tensor ? 1 : Math.exp(-iso * s2[n]!))
      const weight = damp * occupancy
      a[n]! += weight * f[n]! * c
      b[n]! += weight * f[n]! * s
      a2[n]! += weight * f2 * c
      b2[n]! += weight * f2 * s
      if (!withSlopes) continue
      const turn = twoPi * weight
      own[at] = turn * cx
      own[at + 1] = turn * sx
      own[at + 2] = turn * cy
      own[at + 3] = turn * sy
      own[at + 4] = turn * cz
      own[at + 5] = turn * sz
      own[at + 6] = damp * c
      own[at + 7] = damp * s
      if (tensor) for (let i = 8; i < 2 * OWN; i++) own[at + i]! *= weight
      else {
        const byU = -8 * Math.PI ** 2 * s2[n]! * weight
        own[at + 8] = byU * c
        own[at + 14] = byU * s
      }
    }
  }

  return {
    parameters,
    squares,
    slopes,
    settle(inverse, stride, cell) {
      for (let n = 0; n < count; n++) s2[n] = (inverse[n * stride]! * inverse[n * stride]!) / 4
      const s = s2.map(Math.sqrt)
      kinds.forEach((kind, k) => {
        const f0 = kind.f0(s)
        for (let n = 0; n < count; n++) real[k]![n] = f0[n]! + kind.real
      })
      const { a: ra, b: rb, c: rc } = reciprocalCell({ ...cell, sigma: undefined, covariance: undefined })
      const factor = 2 * Math.PI ** 2
      betaScale.set([ra * ra, rb * rb, rc * rc, 2 * rb * rc, 2 * ra * rc, 2 * ra * rb].map(v => factor * v))
    },
    compute(p, wanted) {
      for (const part of [a, b, a2, b2]) part.fill(0)
      const withSlopes = wanted !== null
      for (let i = 0; i < sites.length; i++) sumSite(i, p, withSlopes)
      for (let n = 0; n < count; n++) squares[n] = a[n]! * a[n]! + b[n]! * b[n]! + a2[n]! * a2[n]! + b2[n]! * b2[n]!
      if (!wanted) return
      let column = 0
      for (let index = 0; index < sites.length; index++) {
        const { coordinates, tensor } = sites[index]!
        const kind = kindOfSite[index]!
        const f = real[kind]!
        const f2 = kinds[kind]!.imaginary
        const own = byOwn[index]!
        const width = coordinates.free.length + 1 + (tensor ? tensor.free.length : 1)
        for (let j = 0; j < width; j++, column++) {
          if (wanted[parameters[column]!] === 0) continue
          for (let n = 0; n < count; n++) {
            const at = 2 * OWN * n
            let [c, s] = [0, 0]
            if (j < coordinates.free.length) {
              for (let i = 0; i < 3; i++) {
                const m = coordinates.matrix[coordinates.free.length * i + j]!
                c += m * own[at + 2 * i]!
                s += m * own[at + 2 * i + 1]!
              }
            } else if (j === coordinates.free.length) {
              c = own[at + 6]!
              s = own[at + 7]!
            } else if (tensor) {
              const k = j - coordinates.free.length - 1
              const m = tensor.free.length
              const free = tensor.free[k]!
              for (let i = 0; i < 6; i++) {
                const tied = (tensor.matrix[m * i + k]! * betaScale[free]! * doubled(i)) / doubled(free)
                c += tied * own[at + 8 + i]!
                s += tied * own[at + 14 + i]!
              }
            } else {
              c = own[at + 8]!
              s = own[at + 14]!
            }
            slopes[column * count + n] = 2 * (f[n]! * (a[n]! * c + b[n]! * s) + f2 * (a2[n]! * c + b2[n]! * s))
          }
        }
      }
    },
  }
}

/** betaScale has a 2 for the mixed elements. */
function doubled(i: number): number {
  return i < 3 ? 1 : 2
}

/** Adds -t h_i h_j, the derivatives of a damped wave by beta. */
function addTensorSlopes(own: Float64Array, at: number, wave: number, h: number, k: number, l: number): void {
  own[at]! -= wave * h * h
  own[at + 1]! -= wave * k * k
  own[at + 2]! -= wave * l * l
  own[at + 3]! -= wave * k * l
  own[at + 4]! -= wave * h * l
  own[at + 5]! -= wave * h * k
}
