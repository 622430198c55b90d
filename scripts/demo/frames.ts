// The patterns: what the forward model gives for the state of the cell, on a background, counted.
import { createUnitCell, type UnitCell } from '../../src/index.js'
import { type PowderReflection, simulatePattern } from '../../src/scattering/index.js'
import { cellState, nmcCell } from './experiment.js'
import { beam, type Exposure } from './schedule.js'

/** Wavelength in Å (15 keV). */
export const WAVELENGTH = 0.8266
/** Instrument: constant width in degrees, Lorentzian share, error of the zero of 2theta in degrees. */
export const INSTRUMENT: { readonly fwhm: number; readonly eta: number; readonly zero: number } = {
  fwhm: 0.062,
  eta: 0.45,
  zero: 0.008,
}
/** Number of unit cells in the beam when all olivine is one phase, relative; the collector does not change. */
export const AMOUNTS: { readonly olivine: number; readonly NMC622: number; readonly Cu: number } = {
  olivine: 1,
  NMC622: 1.1,
  Cu: 0.32,
}
/** Domain sizes in Å. */
const SIZES = { LiFePO4: 1300, FePO4: 750, NMC622: 1600, Cu: 3000 }
/** Counts of a second of full beam for a unit of the forward model. */
const COUNTS = 4.6e-4

/** A phase of `phases.json`. */
export interface DemoPhase {
  /** a, b, c, alpha, beta, gamma. */
  readonly cell: readonly number[]
  /** Hermann-Mauguin symbol. */
  readonly spaceGroup: string
  /** Its lines. */
  readonly reflections: readonly PowderReflection[]
}
/** The phases by name. */
export type DemoPhases = Readonly<Record<'LiFePO4' | 'FePO4' | 'NMC622' | 'Cu', DemoPhase>>

/** 2theta of the detector in degrees. */
export const TWO_THETA: Float64Array = Float64Array.from({ length: 1001 }, (_, i) => Math.round(800 + 2 * i) / 100)

/** Air, windows, electrolyte: a slope, a broad hump of the liquid, the flat fluorescence of Fe and Ni. Counts a second of full beam. */
export function background(twoTheta: number): number {
  const hump = (centre: number, width: number): number => Math.exp(-0.5 * ((twoTheta - centre) / width) ** 2)
  return 1.4 + 3.2 * Math.exp(-(twoTheta - 8) / 9) + 2.1 * hump(12.6, 2.1) + 0.7 * hump(23.5, 3.2)
}

/** The cell of the layered oxide at a moment. */
export const oxideCell = (seconds: number): UnitCell => createUnitCell({ ...nmcCell(cellState(seconds / 3600).xNmc), gamma: 120 })

/**
 * Expected counts of one exposure, before they are counted.
 * @param exposure When and how long.
 * @param phases   The phases.
 */
export function expectedCounts(exposure: Exposure, phases: DemoPhases): Float64Array {
  const middle = exposure.start + exposure.length / 2
  const { fractionFePO4 } = cellState(middle / 3600)
  const cellOf = ({ cell }: DemoPhase): UnitCell => {
    const [a, b, c, alpha, beta, gamma] = cell as [number, number, number, number, number, number]
    return createUnitCell({ a, b, c, alpha, beta, gamma })
  }
  const seen = TWO_THETA.map(x => x - INSTRUMENT.zero)
  const lines = simulatePattern(
    seen,
    [
      {
        cell: cellOf(phases.LiFePO4),
        reflections: phases.LiFePO4.reflections,
        amount: AMOUNTS.olivine * (1 - fractionFePO4),
        size: SIZES.LiFePO4,
      },
      {
        cell: cellOf(phases.FePO4),
        reflections: phases.FePO4.reflections,
        amount: AMOUNTS.olivine * fractionFePO4,
        size: SIZES.FePO4,
      },
      { cell: oxideCell(middle), reflections: phases.NMC622.reflections, amount: AMOUNTS.NMC622, size: SIZES.NMC622 },
      { cell: cellOf(phases.Cu), reflections: phases.Cu.reflections, amount: AMOUNTS.Cu, size: SIZES.Cu },
    ],
    { wavelength: WAVELENGTH, fwhm: INSTRUMENT.fwhm, eta: INSTRUMENT.eta },
  )
  const flux = beam(middle) * exposure.length
  return lines.map((line, i) => flux * (COUNTS * line + background(TWO_THETA[i]!)))
}
