import { ATOMIC_MASS, ELEMENTARY_CHARGE } from './constants.js'

/** Exponents of m, kg, s, A, K, mol, cd, rad, count. */
export type UnitPowers = readonly [number, number, number, number, number, number, number, number, number]

/** A named unit before any prefix or exponent. */
export interface NamedUnit {
  /** The one way we write it. */
  readonly name: string
  /** Factor to SI base units. */
  readonly factor: number
  /** Offset to SI base units. */
  readonly offset: number
  /** Exponents of the base units. */
  readonly powers: UnitPowers
  /** Whether k, m, µ ... may stand before it. */
  readonly prefixable: boolean
}

/** Powers of ten behind the prefixes; both micro signs and the keyboard's `u` are read before this table is asked. */
export const PREFIXES: Readonly<Record<string, number>> = {
  f: 1e-15,
  p: 1e-12,
  n: 1e-9,
  µ: 1e-6,
  m: 1e-3,
  c: 1e-2,
  d: 1e-1,
  h: 1e2,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
}

const POSITION = { m: 0, kg: 1, s: 2, A: 3, K: 4, mol: 5, cd: 6, rad: 7, count: 8 } as const
type Base = Partial<Record<keyof typeof POSITION, number>>

function powersOf(base: Base): UnitPowers {
  const powers: [number, number, number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (const key of Object.keys(base) as (keyof Base)[]) powers[POSITION[key]] = base[key] ?? 0
  return powers
}

const ENERGY: Base = { kg: 1, m: 2, s: -2 }
const POWER: Base = { kg: 1, m: 2, s: -3 }
const PRESSURE: Base = { kg: 1, m: -1, s: -2 }

// name and its other spellings | factor | base units | prefixable
const ROWS: readonly (readonly [string, number, Base, boolean])[] = [
  ['m meter meters metre metres', 1, { m: 1 }, true],
  ['Å Angstrom Angstroms angstrom angstroms Ang ang ångström Ångström', 1e-10, { m: 1 }, false],
  ['µm micron microns', 1e-6, { m: 1 }, false],
  ['g gram grams', 1e-3, { kg: 1 }, true],
  ['t', 1e3, { kg: 1 }, false],
  ['u Da', ATOMIC_MASS, { kg: 1 }, false],
  ['s sec second seconds', 1, { s: 1 }, true],
  ['min minute minutes', 60, { s: 1 }, false],
  ['h hr hour hours', 3600, { s: 1 }, false],
  ['d day days', 86400, { s: 1 }, false],
  ['A amp ampere amperes Ampere', 1, { A: 1 }, true],
  ['K kelvin Kelvin', 1, { K: 1 }, true],
  ['mol mole moles', 1, { mol: 1 }, true],
  ['cd candela', 1, { cd: 1 }, true],
  ['rad radian radians', 1, { rad: 1 }, true],
  ['deg ° degree degrees', Math.PI / 180, { rad: 1 }, false],
  ['arcmin', Math.PI / 10800, { rad: 1 }, false],
  ['arcsec', Math.PI / 648000, { rad: 1 }, false],
  ['sr', 1, { rad: 2 }, false],
  ['counts count cts cnt', 1, { count: 1 }, true],
  ['ph photon photons', 1, { count: 1 }, false],
  ['e electron electrons', 1, { count: 1 }, false],
  ['Hz hertz', 1, { s: -1 }, true],
  ['N newton', 1, { kg: 1, m: 1, s: -2 }, true],
  ['J joule joules', 1, ENERGY, true],
  ['eV electronvolt electronvolts', ELEMENTARY_CHARGE, ENERGY, true],
  ['Wh', 3600, ENERGY, true],
  ['W watt watts', 1, POWER, true],
  ['Pa pascal', 1, PRESSURE, true],
  ['bar', 1e5, PRESSURE, true],
  ['atm', 101325, PRESSURE, false],
  ['Torr torr', 101325 / 760, PRESSURE, true],
  ['V volt volts Volt Volts', 1, { kg: 1, m: 2, s: -3, A: -1 }, true],
  ['Ω ohm ohms Ohm Ohms', 1, { kg: 1, m: 2, s: -3, A: -2 }, true],
  ['S siemens', 1, { kg: -1, m: -2, s: 3, A: 2 }, true],
  ['F farad', 1, { kg: -1, m: -2, s: 4, A: 2 }, true],
  ['T tesla', 1, { kg: 1, s: -2, A: -1 }, true],
  ['C coulomb coulombs', 1, { A: 1, s: 1 }, true],
  ['Ah', 3600, { A: 1, s: 1 }, true],
  ['C-rate', 1 / 3600, { s: -1 }, false],
  ['Gy gray', 1, { m: 2, s: -2 }, true],
  ['Bq', 1, { s: -1 }, true],
  ['barn', 1e-28, { m: 2 }, true],
  ['L l liter litre liters litres', 1e-3, { m: 3 }, true],
  ['% percent', 0.01, {}, false],
  ['ppm', 1e-6, {}, false],
  ['px pixel pixels', 1, {}, false],
  ['arb.u.', 1, {}, false],
]

function tableOf(): Map<string, NamedUnit> {
  const table = new Map<string, NamedUnit>()
  for (const [names, factor, base, prefixable] of ROWS) {
    const spellings = names.split(' ')
    const entry: NamedUnit = { name: spellings[0]!, factor, offset: 0, powers: powersOf(base), prefixable }
    for (const spelling of spellings) table.set(spelling, entry)
  }
  const celsius: NamedUnit = { name: '°C', factor: 1, offset: 273.15, powers: powersOf({ K: 1 }), prefixable: false }
  for (const spelling of ['°C', 'degC', 'celsius', 'Celsius', 'deg_C', 'degree_Celsius']) table.set(spelling, celsius)
  return table
}

let table: Map<string, NamedUnit> | undefined

/** Every spelling that is no prefixed form, with its unit. Built at the first use, so that importing costs nothing. */
export function namedUnits(): ReadonlyMap<string, NamedUnit> {
  table ??= tableOf()
  return table
}
