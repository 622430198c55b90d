// The arguments of the demo.
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isOperandoError, parseInstant } from 'operando'
import { type Doublet, K_ALPHA } from 'operando/scattering'
import type { OperandoDiffractionConfig } from 'operando/workflow/node'
import { simulatedConfig } from './simulated.js'

const SIGNS = ['oxidation', 'reduction', 'from-potential'] as const
const DATE_ORDERS = ['month-first', 'day-first'] as const
const DIRECTIONS = ['forward', 'backward', 'both'] as const
const AXES = ['twoTheta', 'q', 'd'] as const

/** How the demo is called. */
export const HELP: string = `npm run demo                              runs the simulated experiment that ships with operando
npm run demo -- <folder> [options]        runs your own patterns: the strongest lines are found and followed

Patterns
  --match <*.xy>        which files of the folder. Default: the extension that most have
  --axis <q>            what the patterns stand over, twoTheta (degrees), q (1/Å) or d (Å), if they do not tell
  --columns             the file is a table with one pattern a column, not a folder with one file a frame
  --grid                patterns on different grids are brought onto that of the first, instead of refused
  --lenient             take patterns with gaps (NaN) and mask them, instead of refusing
  --wavelength <Å>      if the patterns do not tell
  --doublet <Cu>        Kα1 and Kα2 of a tube: ${Object.keys(K_ALPHA).join(', ')}
  --polarization <0..1> 0: corrected already (default); 1: unpolarised tube

Time
  --interval <s>        time from one frame to the next, if the patterns do not tell
  --exposure <s>        exposure of a frame, if the patterns do not tell
  --start <time>        when the first frame began, e.g. 2024-03-05T14:30:00+01:00
  --zone <zone>         time zone of stamps that have none, e.g. Europe/Paris

Potentiostat
  --echem <file>        its record (.mpt, .mpr, cycler tables, BDF); again for files that continue each other
  --current-sign <word> what a positive current means, if the file is not as most: ${SIGNS.join(', ')}
  --date-order <word>   of dates such as 12/11/2020: ${DATE_ORDERS.join(', ')}
  --clock=<s>           seconds to add to the record's time to get seconds of the run. Default: wall clocks, checked by turning points

Fit
  --range <from,to>     part of the patterns to look at, degrees 2theta
  --q-range <from,to>   the same in 1/Å; needs --wavelength or --doublet
  --line <from,to>      follow the line in this range, degrees 2theta; again for more. Default: the six strongest
  --direction <word>    which way fits are seeded along the frames: ${DIRECTIONS.join(', ')}

Report
  --title <text>
  --out <folder>        where it goes. Default: operando-report; of your own patterns operando-report-<name of the folder>
  --overwrite           replace a report that stands there
  --help`

/** Units of the axes that patterns without words may stand over. */
const AXIS_UNITS = { twoTheta: 'deg', q: '1/Å', d: 'Å' } as const

/** Arguments that cannot be understood. */
export class UsageError extends Error {}

function numbersOf(text: string, option: string, count: number): number[] {
  const numbers = text.split(',').map(part => (part.trim() === '' ? Number.NaN : Number(part)))
  if (numbers.length === count && numbers.every(Number.isFinite)) return numbers
  throw new UsageError(
    `${option} ${text}: ${count === 1 ? 'a number' : `${count} numbers with a comma between, as 10,25`} expected.`,
  )
}

function pairOf(text: string, option: string): [number, number] {
  const [from, to] = numbersOf(text, option, 2) as [number, number]
  if (from < to) return [from, to]
  throw new UsageError(`${option} ${text}: the first number must be the smaller one.`)
}

/** One of the words there are. */
function wordOf<Word extends string>(text: string | undefined, option: string, words: readonly Word[]): Word | undefined {
  if (text === undefined) return undefined
  const found = words.find(word => word.toLowerCase() === text.toLowerCase())
  if (found) return found
  throw new UsageError(`${option} ${text}: ${words.slice(0, -1).join(', ')} or ${words[words.length - 1]} expected.`)
}

function startOf(text: string, zone: string | undefined): ReturnType<typeof parseInstant> {
  try {
    return parseInstant(text, { zone })
  } catch (error) {
    if (isOperandoError(error)) throw new UsageError(`--start ${error.message}`)
    throw error
  }
}

/** The range in degrees 2theta, also where it was given in 1/Å. */
function rangeOf(
  angles: string | undefined,
  q: string | undefined,
  wavelength: number | undefined,
): [number, number] | undefined {
  if (q === undefined) return angles === undefined ? undefined : pairOf(angles, '--range')
  if (angles !== undefined) throw new UsageError('--range and --q-range say the same thing: give one of them.')
  if (wavelength === undefined) throw new UsageError(`--q-range ${q} needs --wavelength or --doublet.`)
  const [from, to] = pairOf(q, '--q-range')
  const angle = (value: number): number => (360 / Math.PI) * Math.asin((value * wavelength) / (4 * Math.PI))
  if (from >= 0 && Number.isFinite(angle(to))) return [angle(from), angle(to)]
  throw new UsageError(
    `--q-range ${q}: 0 to ${((4 * Math.PI) / wavelength).toPrecision(4)} 1/Å can be seen with ${wavelength} Å.`,
  )
}

/**
 * The configuration that the arguments ask for; `undefined` when only help was wanted.
 * @param args What stands behind `npm run demo --`.
 */
export function configOf(args: readonly string[]): OperandoDiffractionConfig | undefined {
  const { values, positionals } = parse(args)
  if (values.help) return undefined
  const { out, overwrite } = values
  if (positionals.length === 0) {
    const given = Object.keys(values).filter(name => name !== 'out' && name !== 'overwrite')
    if (given.length > 0)
      throw new UsageError(`--${given[0]} needs a folder with patterns: npm run demo -- <folder> --${given[0]} ...`)
    // what the demo writes by itself it may replace
    return { ...simulatedConfig(), output: resolve(out ?? 'operando-report'), overwrite: overwrite ?? out === undefined }
  }
  if (positionals.length > 1) throw new UsageError(`One folder expected, found ${positionals.join(' and ')}.`)
  const one = (text: string | undefined, option: string): number | undefined =>
    text === undefined ? undefined : numbersOf(text, option, 1)[0]
  const patterns = positionals[0]!
  const axis = wordOf(values.axis, '--axis', AXES)
  const tube = wordOf(values.doublet, '--doublet', Object.keys(K_ALPHA) as (keyof typeof K_ALPHA)[])
  const doublet: Doublet | undefined = tube && K_ALPHA[tube]
  const wavelength = one(values.wavelength, '--wavelength')
  if (doublet && wavelength !== undefined) throw new UsageError('--doublet tells the wavelength: leave --wavelength out.')
  const offset = one(values.clock, '--clock')
  return {
    title: values.title ?? `Operando diffraction: ${patterns}`,
    patterns,
    electrochemistry: values.echem,
    open: {
      columns: axis && [axis, 'I'],
      units: axis && { [axis]: AXIS_UNITS[axis] },
      lenient: values.lenient,
      framesAre: values.columns ? 'columns' : undefined,
      grid: values.grid ? 'first' : undefined,
      start: values.start === undefined ? undefined : startOf(values.start, values.zone),
    },
    openElectrochemistry: {
      currentSign: wordOf(values['current-sign'], '--current-sign', SIGNS),
      dateOrder: wordOf(values['date-order'], '--date-order', DATE_ORDERS),
    },
    wavelength,
    doublet,
    polarization: one(values.polarization, '--polarization'),
    interval: one(values.interval, '--interval'),
    exposure: one(values.exposure, '--exposure'),
    range: rangeOf(values.range, values['q-range'], wavelength ?? doublet?.wavelengths[0]),
    lines: values.line?.map(text => ({ name: `${text.replace(',', '–')}°`, range: pairOf(text, '--line') })),
    direction: wordOf(values.direction, '--direction', DIRECTIONS),
    match: values.match,
    zone: values.zone,
    clock: offset === undefined ? undefined : { offset },
    output: resolve(out ?? `operando-report-${basename(resolve(patterns))}`),
    overwrite,
  }
}

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const
const OPTIONS = {
  match: text,
  axis: text,
  columns: flag,
  grid: flag,
  lenient: flag,
  wavelength: text,
  doublet: text,
  polarization: text,
  interval: text,
  exposure: text,
  start: text,
  zone: text,
  echem: texts,
  'current-sign': text,
  'date-order': text,
  clock: text,
  range: text,
  'q-range': text,
  line: texts,
  direction: text,
  title: text,
  out: text,
  overwrite: flag,
  help: flag,
} as const

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string }
    const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'(-[^']*)'/.exec(message)?.[1] : undefined
    if (unknown === undefined) throw new UsageError(message)
    throw new UsageError(
      `${unknown} is not known. Known are ${Object.keys(OPTIONS)
        .map(name => `--${name}`)
        .join(', ')}.`,
    )
  }
}
