import { type Arena, scratchAt, scratchBytes } from '../../numeric/wasm/arena.js'
import type { DerivativeColumns } from './profile.js'
import type { PseudoVoigtFactors } from './pseudoVoigt.js'

/** The functions of numeric/wasm/assembly/profiles.ts. */
interface ProfileExports {
  /** x, count, out; centre, ww, decay, limit, unitG, unitL. */
  pseudoVoigt(...values: number[]): void
  /** x, count, out, four columns; as before, then area, eta, areaFactor, centreFactor, inverse, steepG, steepL, slope. */
  pseudoVoigtSlopes(...values: number[]): void
}

/** Points at a time: half of the scratch holds abscissae, the other half takes derivatives that nobody wants. */
const block = scratchBytes / 16
const unwantedAt = scratchAt + 8 * block

/**
 * The SIMD twin of the pseudo-Voigt, for sums and derivatives in kernel memory: the arguments are those of a ProfileKernel. Differs from
 * TypeScript by rounding, some 1e-15 of the height.
 */
export function addPseudoVoigtOnKernel(
  arena: Arena,
  x: Float64Array,
  from: number,
  to: number,
  p: PseudoVoigtFactors,
  out: Float64Array,
  columns: DerivativeColumns | null,
): void {
  const kernel = arena.functions('profiles') as unknown as ProfileExports
  const { scratch } = arena
  const near = x.buffer === out.buffer
  const { centre, ww, decay, limit, area, eta } = p
  for (let i = from; i < to; i += block) {
    const count = Math.min(block, to - i)
    if (!near) scratch.set(count === x.length ? x : x.subarray(i, i + count))
    const xAt = near ? x.byteOffset + 8 * i : scratchAt
    const outAt = out.byteOffset + 8 * i
    if (columns === null) {
      const unitG = area * (1 - eta) * p.unitG
      kernel.pseudoVoigt(xAt, count, outAt, centre, ww, decay, limit, unitG, area * eta * p.unitL)
      continue
    }
    const base = columns.values.byteOffset + 8 * i
    const { shape, areaFactor, centreFactor } = columns
    kernel.pseudoVoigtSlopes(
      xAt,
      count,
      outAt,
      columns.area < 0 ? unwantedAt : base + 8 * columns.area,
      columns.centre < 0 ? unwantedAt : base + 8 * columns.centre,
      shape[0]! < 0 ? unwantedAt : base + 8 * shape[0]!,
      shape[1]! < 0 ? unwantedAt : base + 8 * shape[1]!,
      centre,
      ww,
      decay,
      limit,
      p.unitG,
      p.unitL,
      area,
      eta,
      areaFactor,
      centreFactor,
      p.inverse,
      p.steepG,
      p.steepL,
      area * p.inverse,
    )
  }
}
