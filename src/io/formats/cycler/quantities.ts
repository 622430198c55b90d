import { type Unit, unit } from '../../../core/unit.js'

/** What a column of a cycler file is, where it is known. */
export type CyclerQuantity =
  | 'time'
  | 'stepTime'
  | 'date'
  | 'potential'
  | 'current'
  | 'netCharge'
  | 'charge'
  | 'discharge'
  | 'cycle'
  | 'step'
  | 'state'
  | 'controlMode'
  | 'halfCycle'
  | 'counterPotential'
  | 'composition'
  | 'interpolated'
  | 'reference'

/** A column's label, taken apart. */
export interface CyclerLabel {
  /** As the file has it. */
  readonly raw: string
  /** Without the unit. */
  readonly label: string
  /** The unit in or after the label, or the one that the word implies (`Volts`). */
  readonly unit?: Unit | undefined
  /** What stands in the place of a unit but is none, beside a quantity that needs one. */
  readonly unknownUnit?: string | undefined
  /** What it is, and how sure: the column with the highest rank of a quantity is taken. */
  readonly quantity?: CyclerQuantity | undefined
  /** Higher wins. */
  readonly rank: number
}

/**
 * Words by which cyclers call a quantity, best first: of two columns that match, the one that matches earlier in its row is taken (`Total Time` before `Time`, which
 * Neware counts anew at each step).
 */
const SYNONYMS: readonly (readonly [CyclerQuantity, readonly RegExp[]])[] = [
  ['stepTime', [/^(step[ _]?time|t-step)/i, /^load on time/i, /^cycle (charge|discharge) time/i]],
  ['time', [/^(test|total|cumulative|prog(ram)?|elapsed|run|~)[ _]?time/i, /^time$/i, /^t$/i]],
  [
    'date',
    [
      /^date[ _]?time/i,
      /^(unix|epoch)[ _]?time/i,
      /^(real|absolute|dpt|system|clock)[ _]?time/i,
      /^time[ _]?stamp/i,
      /^(date|date[ _]?stamp)$/i,
    ],
  ],
  ['potential', [/^(voltage|cell voltage|volts?|e ?cell|ewe|potential|working potential)$/i, /^(vf|v|u|e|vdc)$/i]],
  ['current', [/^(current|m?amps?|cell current)$/i, /^(im|i|idc)$/i]],
  ['netCharge', [/^net[ _]?(capacity|charge)$/i, /^ah$/i]],
  [
    'discharge',
    [/^(dis[ _]?charg(e|ing)|dchg\.?|dchg)[ _.]*(cap(acity|\.)?|q|ah)$/i, /^cap(acity|acitance)?[ _.]*(dchg|dis(charge)?)\.?$/i],
  ],
  ['charge', [/^(charg(e|ing)|chg\.?)[ _.]*(cap(acity|\.)?|q|ah)$/i, /^cap(acity|acitance)?[ _.]*(chg|charge)\.?$/i]],
  ['cycle', [/^(cyc(le)?[ _-]?(index|count|number|id|no\.?)|cyc#|cycle)$/i]],
  ['step', [/^(step[ _]?(index|count|number|id|no\.?)|step|ns)$/i, /^line$/i]],
  ['halfCycle', [/^half[ _]cycle[ _]count$/i]],
  ['counterPotential', [/^counter[ _]potential$/i]],
  ['composition', [/^composition$/i]],
  ['interpolated', [/^interpolated$/i]],
  ['reference', [/^reference[ _]electrode$/i]],
  ['state', [/^(state|status|md|step[ _]?(type|name)|mode)$/i, /^command$/i]],
  ['controlMode', [/^control[ _]mode$/i]],
]

/** Units that a quantity may have; a letter alone (`t`, `V`, `i`) is believed only beside its unit. */
const MEASURED: Readonly<Partial<Record<CyclerQuantity, string>>> = {
  time: 's',
  stepTime: 's',
  potential: 'V',
  current: 'A',
  netCharge: 'Ah',
  charge: 'Ah',
  discharge: 'Ah',
}

const IMPLIED: readonly (readonly [RegExp, string])[] = [
  [/^volts?$/i, 'V'],
  [/^mamps?$/i, 'mA'],
  [/^amps?$/i, 'A'],
  [/^amp-?hr$/i, 'Ah'],
  [/^watt-?hr$/i, 'Wh'],
]

const WORDS: Readonly<Record<string, string>> = {
  '1': '',
  '#': '',
  bits: '',
  seconds: 's',
  'a.h': 'Ah',
  'ma.h': 'mAh',
  'w.h': 'Wh',
}

// the names of the Battery Data Format for programs: test_time_second, voltage_volt
const MACHINE_UNITS: Readonly<Record<string, string>> = {
  second: 's',
  volt: 'V',
  ampere: 'A',
  ah: 'Ah',
  wh: 'Wh',
  watt: 'W',
  ohm: 'Ω',
}
const MACHINE = /^([a-z]+(?:_[a-z\d]+)*)_(second|volt|ampere|ah|wh|watt|ohm)$/

/** A label is not longer: no expression meets a line without end. */
const LONGEST = 200

/**
 * Takes a label apart: `Current(A)`, `Voltage / V`, `t [h]`, `test_time`, `Volts`.
 * @param raw   The label.
 * @param below The unit from a row of its own below the labels, if there is one.
 */
export function cyclerLabel(raw: string, below?: string): CyclerLabel {
  const text = raw
    .trim()
    .slice(0, LONGEST)
    .replace(/^~/, '')
    // a unit of time that is a way to write it: Time(h:min:s.ms)
    .replace(/\s*[[(]h{1,2}:m{1,2}[^\])]{0,12}[\])]$/i, '')
    .replace(MACHINE, (_, name: string, word: string) => `${name} / ${MACHINE_UNITS[word]!}`)
  const bracket =
    /^(.*?\S)[\s_]*[[(]([^\])]*)[\])]\s*$/.exec(text) ??
    /^(.*?\S)\s+\/\s+(\S.*)$/.exec(text) ??
    /^(.*?\S)\s*[/#]([^/#]+)$/.exec(text)
  const told = below === undefined ? (bracket ? unitOf(bracket[2]!) : undefined) : unitOf(below)
  const label = bracket && (told !== undefined || below !== undefined) ? bracket[1]!.trim() : text
  const implied = told ?? unitOf(IMPLIED.find(([pattern]) => pattern.test(label))?.[1])
  const found = quantityOf(label, implied)
  const known = { raw: raw.trim(), label, unit: implied, rank: found?.rank ?? 0, quantity: found?.quantity }
  if (found || !bracket || told) return known
  // the word is known, what stands for its unit is not
  const doubt = quantityOf(bracket[1]!.trim(), undefined)
  if (doubt === undefined || !(doubt.quantity in MEASURED)) return known
  return { ...known, label: bracket[1]!.trim(), quantity: doubt.quantity, rank: doubt.rank - 10, unknownUnit: bracket[2]!.trim() }
}

/**
 * A label that is a unit and nothing else.
 * @param raw The unit.
 */
export function labelOfUnit(raw: string): CyclerLabel {
  const found = unitOf(raw)
  const quantity = (['time', 'potential', 'current'] as const).find(q => found && sameKind(found, unit(MEASURED[q]!)))
  return { raw, label: quantity ?? raw, unit: found, quantity, rank: quantity ? 10 : 0 }
}

function quantityOf(label: string, found: Unit | undefined): { quantity: CyclerQuantity; rank: number } | undefined {
  for (const [quantity, patterns] of SYNONYMS) {
    const at = patterns.findIndex(pattern => pattern.test(label))
    if (at < 0) continue
    const wanted = MEASURED[quantity]
    if (wanted !== undefined && found !== undefined && !sameKind(found, unit(wanted))) continue
    if (label.length <= 1 && found === undefined) continue
    return { quantity, rank: (found && quantity !== 'date' ? 20 : 10) - at }
  }
  return undefined
}

function sameKind(a: Unit, b: Unit): boolean {
  return a.powers.every((power, i) => power === b.powers[i])
}

/** The unit of a text, or `undefined` if it is none. */
export function unitOf(text: string | undefined): Unit | undefined {
  if (text === undefined) return undefined
  const word = WORDS[text.trim().toLowerCase()] ?? text.trim()
  // the degree sign is often lost on the way
  const plain = word
    .replace(/^[^A-Za-z0-9%]{1,3}C$/, '°C')
    .replace(/\bvs\.? Ref\.?$/i, '')
    .trim()
  // units are told apart by case, words are not
  return tryUnit(plain) ?? (plain.length > 3 ? tryUnit(plain.toLowerCase()) : undefined)
}

function tryUnit(text: string): Unit | undefined {
  try {
    return unit(text)
  } catch {
    return undefined
  }
}
