import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { parseFormula } from '../../core/formula.js'
import { type Energy, toValue } from '../../core/quantity.js'
import type { Cell, Layer } from '../../model/cell.js'
import { reflections } from '../../model/crystal/index.js'
import { isPutOut, knownStructure, type LineStructure } from './knownStructures.js'

/** Options of {@link cellLines}. */
export interface CellLinesOptions {
  /** Range of scattering vectors, 1/Å. */
  readonly qRange: readonly [low: number, high: number]
  /** Photon energy for the angles: a number in eV, or `'80 keV'`. Default: no angles. */
  readonly energy?: Energy | undefined
  /** Lines of the sample, 1/Å: those that lie upon a line of the cell are told. */
  readonly sample?: NumbersLike | undefined
  /** How near a line of the sample must be to be covered, 1/Å. Default 0.02. */
  readonly tolerance?: number | undefined
  /** Structures of layers that are not known here, or another than is known, by name of the layer; `null` for an amorphous one. */
  readonly structures?: Readonly<Record<string, Omit<LineStructure, 'atoms'> | null>> | undefined
}

const OPTIONS: FieldsOf<CellLinesOptions> = { qRange: true, energy: true, sample: true, tolerance: true, structures: true }

/** A Bragg line that comes from the cell itself. */
export interface CellLine {
  /** The layer. */
  readonly layer: string
  /** The phase: `Cu`, `graphite`. */
  readonly phase: string
  /** Miller indices. */
  readonly hkl: readonly [number, number, number]
  /** Scattering vector, 1/Å. */
  readonly q: number
  /** Spacing, Å. */
  readonly d: number
  /** How many reflections fall together. */
  readonly multiplicity: number
  /** Scattering angle, degrees; absent without energy, or where the energy does not reach it. */
  readonly twoTheta?: number | undefined
  /** Lines of the sample that it covers, 1/Å. */
  readonly covers: readonly number[]
}

/**
 * Bragg lines of collectors, windows and other crystalline layers within a range of q, and which lines of the sample they cover.
 *
 * Known are the elements of collectors and windows (Al, Cu, Ni, Ti, Be, Li, Na, Si ...), austenitic steel, and graphite and diamond where the layer or its substance is
 * called so. Layers with a hole are passed by the beam. Active materials are left out: they are the sample.
 * @param cell    The cell.
 * @param options Range, energy, sample.
 * @returns By rising q.
 * @throws OperandoError `E_RANGE` for a range that does not rise from 0 or more, `E_NAN`.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { cellLines } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'collector', electrode: 'counter', name: 'foil', thickness: 10, material: { formula: 'Cu', density: 8.96 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const lines = cellLines(cell, { qRange: [2, 5], energy: '80 keV', sample: [3.02] })
 * lines[0] // Cu 1 1 1 at q = 3.011, covers 3.02
 * ```
 */
export function cellLines(cell: Cell, options: CellLinesOptions): CellLine[] {
  assertKnown(options, 'cellLines options', OPTIONS)
  const [low, high] = options.qRange
  if (!(low >= 0 && high > low && Number.isFinite(high)))
    throw new OperandoError('E_RANGE', `qRange = [${low}, ${high}] 1/Å: two numbers rising from 0 or more expected.`)
  const { tolerance = 0.02, structures = {} } = options
  const sample = options.sample === undefined ? new Float64Array(0) : asFloat64(options.sample, 'sample')
  const wavelength = options.energy === undefined ? undefined : HC_EV_ANGSTROM / toValue(options.energy, 'eV', 'energy')
  const found: CellLine[] = []
  for (const layer of cell.layers) {
    if (layer.hole !== undefined) continue
    for (const structure of structuresOf(layer, structures)) {
      const list = reflections(structure.cell, structure.group, { qMax: high })
      for (let i = 0; i < list.count; i++) {
        const [h, k, l] = list.hkl.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number]
        const q = list.q[i]!
        if (q < low || isPutOut(structure.atoms, h, k, l)) continue
        const sine = wavelength === undefined ? Number.NaN : (q * wavelength) / (4 * Math.PI)
        found.push({
          layer: layer.name,
          phase: structure.phase,
          hkl: [h, k, l],
          q,
          d: list.d[i]!,
          multiplicity: list.multiplicity[i]!,
          twoTheta: sine <= 1 ? (2 * Math.asin(sine) * 180) / Math.PI : undefined,
          covers: [...sample].filter(at => Math.abs(at - q) <= tolerance),
        })
      }
    }
  }
  return found.sort((a, b) => a.q - b.q)
}

function structuresOf(layer: Layer, given: CellLinesOptions['structures'] & object): LineStructure[] {
  if (Object.hasOwn(given, layer.name)) {
    const structure = given[layer.name]
    return structure ? [structure] : []
  }
  return layer.material.components.flatMap(component => {
    const counts = Object.entries(parseFormula(component.formula)).sort((a, b) => b[1] - a[1])
    const name = `${layer.name} ${layer.material.name} ${component.name ?? ''}`.toLowerCase()
    const structure = knownStructure(
      counts.map(([element]) => element),
      name,
    )
    return structure ? [structure] : []
  })
}
