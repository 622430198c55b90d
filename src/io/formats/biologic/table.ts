import { type Unit, unit } from '../../../core/unit.js'
import type { BinaryColumn } from '../../bytes/readColumn.js'

/** Columns of a BioLogic file under EC-Lab's names, whichever of the two formats they came from. */
export interface BiologicTable {
  /** Rows. */
  readonly rows: number
  /** Columns by name with unit: `Ewe/V`; those of an .mpr in the types of the file. */
  readonly columns: ReadonlyMap<string, BinaryColumn>
}

const UNITS: readonly [string, string][] = [
  ['mS/cm', 'mS/cm'],
  ['Ohm.cm', 'Ω cm'],
  ['Ohm-1', '1/Ω'],
  ['Ohm', 'Ω'],
  ['mA.h', 'mAh'],
  ['A.h', 'Ah'],
  ['W.h', 'Wh'],
  ['µF', 'µF'],
  ['nF', 'nF'],
  ['F', 'F'],
  ['mA', 'mA'],
  ['µA', 'µA'],
  ['A', 'A'],
  ['mV', 'mV'],
  ['V', 'V'],
  ['Hz', 'Hz'],
  ['W', 'W'],
  ['deg', 'deg'],
  ['°C', '°C'],
  ['%', '%'],
  ['C', 'C'],
  ['s', 's'],
]

/**
 * The unit in a column's name: `I/mA` is in mA, `<Ewe/V>` in V, `control/V/mA` in either (so it has none here), `Re(M)` has none.
 * @param name Name of the column.
 */
export function biologicUnit(name: string): Unit {
  const plain = name.replace(/>$/, '')
  if (plain.endsWith('/V/mA')) return unit('')
  return unit(UNITS.find(([ending]) => plain.endsWith(`/${ending}`))?.[1] ?? '')
}
