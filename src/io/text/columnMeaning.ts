import { type Unit, unit } from '../../core/unit.js'

/** What a column of a table is. */
export interface ColumnMeaning {
  /** operando's word where the label is known (`q`, `twoTheta`, `energy`, `I`, `sigma` ...), else the label itself. */
  readonly name: string
  /** The label as the file has it, without the unit. */
  readonly label: string
  /** The unit, if the label or a convention of the format tells it. */
  readonly unit?: Unit | undefined
  /** Whether the label was recognised. */
  readonly known: boolean
}

interface Quantity {
  readonly name: string
  readonly pattern: RegExp
  /** Unit that is meant when none is written; only where there is no second habit. */
  readonly unit?: string
  /** A bare `A` in its unit is the ångström. */
  readonly length?: boolean
}

const QUANTITIES: readonly Quantity[] = [
  {
    name: 'twoTheta',
    pattern: /^(2\s*[-_*]?\s*(th(eta)?|θ|ϑ)|two[\s_-]?theta|t{1,2}h(eta)?2|tth|ttheta|2t$|zwei[\s_-]?theta)/i,
    unit: 'deg',
  },
  { name: 'theta', pattern: /^(theta|θ|th)\b/i },
  { name: 'q', pattern: /^(q($|[\s_,([/])|scattering vector|momentum transfer|(inverse )?q\b)/i, length: true },
  { name: 'k', pattern: /^k($|[\s_([/])/, unit: '1/Å', length: true },
  { name: 'd', pattern: /^d($|[\s_([/-](spac|val)?)/i, length: true },
  { name: 'r', pattern: /^r($|[\s_([/])|^radius|^distance/i, length: true },
  { name: 'energy', pattern: /^((photon|shifted|x-ray|mono|beam|e?bragg)[\s_-]*)?(energy|enc?\b|e($|[\s_([/]))/i },
  { name: 'wavelength', pattern: /^(wavelength|lambda)/i, length: true },
  { name: 'wavenumber', pattern: /^(wave\s*number|raman shift)/i },
  { name: 'time', pattern: /^(time|t($|[\s_([/])|elapsed)/i },
  { name: 'sigma', pattern: /^(sigma|σ|err(or|ors)?|esd|s\.?d\.?|std|stddev|unc|uncertainty|fehler|d(i|y)|e)([\s_([/]|$)/i },
  { name: 'I', pattern: /^(i|int|intensity|intensität|intensite|intensité|counts?|cps|yobs|y)([\s_([/]|$)/i },
  { name: 'G', pattern: /^g($|[\s_([/])/i },
]

/**
 * Reads a column label such as `Q (1/nm)`, `q_A^-1`, `2th_deg`, `r($\AA$)`, `Energy/eV`, `2Theta`.
 * @param raw     The label.
 * @param isFirst Whether it is the first column: `e` is then an energy, later an error.
 */
export function columnMeaning(raw: string, isFirst = false): ColumnMeaning {
  const { label, unitText } = splitLabel(raw)
  const quantity = QUANTITIES.find(q => (q.name !== 'energy' || isFirst || /energy/i.test(label)) && q.pattern.test(label))
  const read = unitText === undefined ? undefined : readUnit(unitText, quantity?.length === true)
  const found = read ?? (quantity?.unit !== undefined && unitText === undefined ? unit(quantity.unit) : undefined)
  return {
    name: quantity?.name ?? label,
    label,
    known: quantity !== undefined,
    ...(found ? { unit: found } : {}),
  }
}

/** A label is not longer; what comes after is cut off, so that no expression meets a line without end. */
const LONGEST = 200

function splitLabel(raw: string): { label: string; unitText?: string } {
  const text = raw
    .trim()
    .slice(0, LONGEST)
    .replace(/^["']|["']$/g, '')
    .replace(/\$/g, '')
    .replace(/\\AA|\\A\b|\\mathrm\{A\}/g, 'Å')
    .replace(/\{([^}]*)\}/g, '$1')
    .replace(/\\/g, '')
    .trim()
  const bracket = /^(.*?)\s*[([]([^)\]]*)[)\]]\s*$/.exec(text)
  if (bracket && bracket[1] !== '') return { label: bracket[1]!.trim(), unitText: bracket[2]! }
  const pyfai = /^(q|2th|d\*2|r|chi|[\w-]*energy)_(\S+)$/i.exec(text)
  if (pyfai) return { label: pyfai[1]!, unitText: pyfai[2]! }
  const slash = /^(.*\S)\s*\/\s*([^/\s][^/]*)$/.exec(text)
  if (slash) return { label: slash[1]!.trim(), unitText: slash[2]! }
  const word = /^(\S+)\s+(eV|keV|deg|degrees|nm|cm-1|s)$/.exec(text)
  if (word) return { label: word[1]!, unitText: word[2]! }
  return { label: text }
}

const WORDS: Readonly<Record<string, string>> = {
  degree: 'deg',
  degrees: 'deg',
  '°': 'deg',
  radians: 'rad',
  'inverse nanometers': '1/nm',
  'inverse nanometres': '1/nm',
  'inverse angstroms': '1/Å',
  'inverse angstrom': '1/Å',
  seconds: 's',
  'arb. units': 'arb.u.',
  counts: 'counts',
}

/** A unit of a label, or `undefined` if it is none. */
function readUnit(text: string, isLength: boolean): Unit | undefined {
  const plain = text.trim()
  const word = WORDS[plain.toLowerCase()] ?? plain
  // in the labels of q, d and r an A is the ångström, not the ampere
  const meant = isLength ? word.replace(/\bA(?=$|\^|-|\*|\s|⁻|_)/g, 'Å').replace(/Å\^?-1$/, 'Å^-1') : word
  try {
    return unit(meant.replace(/^nm-1$/, 'nm^-1'))
  } catch {
    return undefined
  }
}
