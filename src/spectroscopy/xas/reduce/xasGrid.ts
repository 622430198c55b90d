import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { K2_PER_EV } from '../transform/wavenumber.js'

/** A grid of three regions: even steps below the edge, finer ones over it, even steps in k above. Energies are eV from E0. */
export interface XasGridOptions {
  /** E0, eV. */
  e0: number
  /** Begin of the pre-edge region. Default -150. */
  pre1?: number | undefined
  /** Its end, where the edge region begins. Default -30. */
  pre2?: number | undefined
  /** Step of the pre-edge region. Default 2. */
  preStep?: number | undefined
  /** Step of the edge region. Default 0.25. */
  xanesStep?: number | undefined
  /** Begin of the EXAFS region. Default 15. */
  exafs1?: number | undefined
  /** Its end. Default 800. */
  exafs2?: number | undefined
  /** Step of the EXAFS region in k, 1/Å. Default 0.05. */
  kStep?: number | undefined
}

const FIELDS: FieldsOf<XasGridOptions> = {
  e0: true,
  pre1: true,
  pre2: true,
  preStep: true,
  xanesStep: true,
  exafs1: true,
  exafs2: true,
  kStep: true,
}

/**
 * Energies of a grid of three regions, laid out as Larch's `rebin_xafs` does: a region begins one step behind its limit and ends on the next limit; its steps are stretched to fit.
 *
 * @param options E0, limits, steps.
 * @throws OperandoError `E_RANGE` for limits that do not rise or steps that are not positive.
 * @example
 * ```ts
 * import { xasGrid } from 'operando/spectroscopy'
 * const energy = xasGrid({ e0: 8333, pre1: -100, exafs2: 600 })
 * console.log(energy.length, energy[0], energy.at(-1)) // 430 or so, 8235, 8933
 * ```
 */
export function xasGrid(options: XasGridOptions): Float64Array {
  assertFields(options, 'xasGrid options', ['e0'])
  assertKnown(options, 'xasGrid options', FIELDS)
  const { e0, pre1 = -150, pre2 = -30, preStep = 2, xanesStep = 0.25, exafs1 = 15, exafs2 = 800, kStep = 0.05 } = options
  if (
    !(pre1 < pre2 && pre2 < exafs1 && exafs1 > 0 && exafs1 < exafs2 && preStep > 0 && xanesStep > 0 && kStep > 0 && e0 + pre1 > 0)
  ) {
    throw new OperandoError(
      'E_RANGE',
      `xasGrid: e0 = ${e0}, pre1 = ${pre1}, pre2 = ${pre2}, exafs1 = ${exafs1}, exafs2 = ${exafs2}, steps ${preStep}, ${xanesStep}, ${kStep}: rising limits in eV from e0, exafs1 above 0, and steps above 0 expected.`,
    )
  }
  const grid: number[] = []
  const region = (start: number, stop: number, step: number, energyOf: (x: number) => number): void => {
    const points = Math.trunc(0.1 + Math.abs(stop - start) / step)
    for (let i = 0; i < points; i++) {
      const x = points === 1 ? start + step : start + step + (i * (stop - start - step)) / (points - 1)
      grid.push(e0 + energyOf(x))
    }
  }
  const plain = (x: number): number => x
  region(pre1, pre2, preStep, plain)
  region(pre2, exafs1, xanesStep, plain)
  region(Math.sqrt(exafs1 * K2_PER_EV), Math.sqrt(exafs2 * K2_PER_EV), kStep, k => (k * k) / K2_PER_EV)
  return Float64Array.from(grid)
}
