import { type Arena, scratchAt, scratchBytes } from '../../numeric/wasm/arena.js'
import type { DerivativeColumns } from './profile.js'

/** The functions of numeric/wasm/assembly/profiles.ts. */
interface ProfileExports {
  pseudoVoigt(x: number, count: number, area: number, centre: number, fwhm: number, eta: number, out: number): void
  pseudoVoigtSlopes(
    x: number,
    count: number,
    area: number,
    centre: number,
    fwhm: number,
    eta: number,
    out: number,
    areaColumn: number,
    centreColumn: number,
    fwhmColumn: number,
    etaColumn: number,
    areaFactor: number,
    centreFactor: number,
  ): void
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
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  out: Float64Array,
  columns: DerivativeColumns | null,
): void {
  const kernel = arena.functions('profiles') as unknown as ProfileExports
  const abscissae = new Float64Array(arena.memory.buffer, scratchAt, block)
  const columnAt = (start: number, i: number): number => (start < 0 ? unwantedAt : columns!.values.byteOffset + 8 * (start + i))
  for (let i = from; i < to; i += block) {
    const count = Math.min(block, to - i)
    for (let k = 0; k < count; k++) abscissae[k] = x[i + k]!
    const outAt = out.byteOffset + 8 * i
    if (columns === null) kernel.pseudoVoigt(scratchAt, count, area, centre, fwhm, eta, outAt)
    else {
      const { shape, areaFactor, centreFactor } = columns
      kernel.pseudoVoigtSlopes(
        scratchAt,
        count,
        area,
        centre,
        fwhm,
        eta,
        outAt,
        columnAt(columns.area, i),
        columnAt(columns.centre, i),
        columnAt(shape[0]!, i),
        columnAt(shape[1]!, i),
        areaFactor,
        centreFactor,
      )
    }
  }
}
