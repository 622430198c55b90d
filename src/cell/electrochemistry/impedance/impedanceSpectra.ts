import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import { unit } from '../../../core/unit.js'
import { valuesIn } from '../../../model/align.js'
import type { Variable } from '../../../model/dataset.js'
import type { Electrochemistry } from '../../../model/electrochemistry.js'
import { createImpedance, type ImpedanceSpectrum } from './spectrum.js'

/** Options of {@link impedanceSpectra}. */
export interface ImpedanceSpectraOptions {
  /** Whose impedance: of the working electrode (default; of a two-electrode cell the whole), the counter electrode, or between the two. */
  readonly of?: 'working' | 'counter' | 'cell' | undefined
}

const OPTIONS: FieldsOf<ImpedanceSpectraOptions> = { of: true }

/** Columns of Re and -Im by electrode, as EC-Lab and others call them. */
const COLUMNS: Readonly<Record<'working' | 'counter' | 'cell', readonly (readonly [string, string, 1 | -1])[]>> = {
  working: [
    ['Re(Z)/Ohm', '-Im(Z)/Ohm', -1],
    ['Re(Zwe)/Ohm', '-Im(Zwe)/Ohm', -1],
    ['Zreal', 'Zimag', 1],
  ],
  counter: [['Re(Zce)/Ohm', '-Im(Zce)/Ohm', -1]],
  cell: [['Re(Zwe-ce)/Ohm', '-Im(Zwe-ce)/Ohm', -1]],
}
const FREQUENCIES = ['freq/Hz', 'Freq', 'Frequency']

const numbersIn = (variable: Variable, symbol: string, name: string): ArrayLike<number> =>
  variable.unit.symbol === '' ? variable.values : valuesIn(variable, unit(symbol), name)

/**
 * The impedance spectra of a record: one for each sweep. A sweep ends where rows without frequency follow, or where the frequency jumps back.
 *
 * @param echem   A record with columns of frequency, Re Z and -Im Z (BioLogic PEIS, GEIS, ZIR, modulo bat; Gamry's Zreal, Zimag).
 * @param options Whose impedance.
 * @throws OperandoError `E_MISSING` without such columns, `E_ARGUMENT` for an unknown electrode; as `createImpedance`.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { impedanceSpectra } from 'operando/cell'
 * const echem = createElectrochemistry({
 *   time: [0, 1, 2], potential: [3.5, 3.5, 3.5], current: [0, 0, 0],
 *   columns: {
 *     'freq/Hz': { values: [1000, 10, 0.1], unit: 'Hz' },
 *     'Re(Z)/Ohm': { values: [10, 60, 110], unit: 'Ω' },
 *     '-Im(Z)/Ohm': { values: [1, 50, 1], unit: 'Ω' },
 *   },
 * })
 * impedanceSpectra(echem)[0]!.imaginary // [-1, -50, -1]
 * ```
 */
export function impedanceSpectra(echem: Electrochemistry, options: ImpedanceSpectraOptions = {}): ImpedanceSpectrum[] {
  assertKnown(options, 'impedanceSpectra options', OPTIONS)
  const { of = 'working' } = options
  assertOneOf(of, 'of', ['working', 'counter', 'cell'])
  assertFields(echem, 'echem', ['columns', 'time', 'potential'])
  const { columns } = echem
  const named = FREQUENCIES.find(name => columns[name])
  const pair = COLUMNS[of].find(([re, im]) => columns[re] && columns[im])
  if (!named || !pair) {
    const asked = !named ? FREQUENCIES.join(', ') : COLUMNS[of].map(([re, im]) => `${re} and ${im}`).join(', or ')
    throw new OperandoError(
      'E_MISSING',
      `No impedance of the ${of} electrode: ${asked} expected among the columns ${Object.keys(columns).join(', ')}.`,
      { details: { of } },
    )
  }
  const frequency = numbersIn(columns[named]!, 'Hz', named)
  const real = numbersIn(columns[pair[0]]!, 'Ω', pair[0])
  const imaginary = numbersIn(columns[pair[1]]!, 'Ω', pair[1])
  const sweeps: number[][] = []
  let direction = 0
  for (let i = 0; i < frequency.length; i++) {
    const measured = frequency[i]! > 0 && (real[i] !== 0 || imaginary[i] !== 0)
    if (!measured) continue
    const sweep = sweeps.at(-1)
    const last = sweep?.at(-1)
    const step = last === undefined ? 0 : Math.sign(frequency[i]! - frequency[last]!)
    if (!sweep || last !== i - 1 || (direction !== 0 && step !== direction)) {
      sweeps.push([i])
      direction = 0
    } else {
      sweep.push(i)
      direction = step
    }
  }
  const pick = (values: ArrayLike<number>, rows: readonly number[]): Float64Array => Float64Array.from(rows, i => values[i]!)
  return sweeps.map(rows => {
    const potential = pick(echem.potential.values, rows).reduce((sum, v) => sum + v, 0) / rows.length
    return createImpedance({
      frequency: pick(frequency, rows),
      real: pick(real, rows),
      imaginary: pick(imaginary, rows).map(v => pair[2] * v),
      potential: Number.isFinite(potential) ? potential : undefined,
      time: echem.time.values[rows[0]!]!,
    })
  })
}
