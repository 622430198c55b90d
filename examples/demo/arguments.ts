// The arguments of the demo.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { OperandoDiffractionConfig } from 'operando/workflow/node'
import { simulatedConfig } from './simulated.js'

/** How the demo is called. */
export const HELP: string = `npm run demo                              runs the simulated experiment that ships with operando
npm run demo -- <folder> [options]        runs your own patterns: the strongest lines are found and followed

  --echem <file>        record of the potentiostat (.mpt, .mpr, cycler tables, BDF); again for files that continue each other
  --wavelength <Å>      if the patterns do not tell
  --axis <q>            what the patterns stand over, twoTheta (degrees), q (1/Å) or d (Å), if they do not tell
  --lenient             take patterns with gaps (NaN) and mask them, instead of refusing
  --interval <s>        time from one frame to the next, if the patterns do not tell
  --range <from,to>     part of the patterns to look at, degrees 2theta
  --line <from,to>      follow the line in this range, degrees 2theta; again for more. Default: the six strongest
  --match <*.xy>        which files of the folder
  --clock=<s>           seconds to add to the record's time to get seconds of the run. Default: wall clocks, checked by turning points
  --zone <zone>         time zone of stamps that have none, e.g. Europe/Paris
  --out <folder>        where the report goes. Default operando-report
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

/**
 * The configuration that the arguments ask for; `undefined` when only help was wanted.
 * @param args What stands behind `npm run demo --`.
 */
export function configOf(args: readonly string[]): OperandoDiffractionConfig | undefined {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  const { values, positionals } = parsed
  if (values.help) return undefined
  const output = resolve(values.out ?? 'operando-report')
  if (positionals.length === 0) {
    const given = Object.keys(values).filter(name => name !== 'out')
    if (given.length > 0)
      throw new UsageError(`--${given[0]} needs a folder with patterns: npm run demo -- <folder> --${given[0]} ...`)
    return { ...simulatedConfig(), output }
  }
  if (positionals.length > 1) throw new UsageError(`One folder expected, found ${positionals.join(' and ')}.`)
  const one = (text: string | undefined, option: string): number | undefined =>
    text === undefined ? undefined : numbersOf(text, option, 1)[0]
  const offset = one(values.clock, '--clock')
  const { axis } = values
  if (axis !== undefined && axis !== 'twoTheta' && axis !== 'q' && axis !== 'd')
    throw new UsageError(`--axis ${axis}: twoTheta, q or d expected.`)
  return {
    title: `Operando diffraction: ${positionals[0]}`,
    patterns: positionals[0]!,
    electrochemistry: values.echem,
    open: { columns: axis && [axis, 'I'], units: axis && { [axis]: AXIS_UNITS[axis] }, lenient: values.lenient },
    wavelength: one(values.wavelength, '--wavelength'),
    interval: one(values.interval, '--interval'),
    range: values.range === undefined ? undefined : pairOf(values.range, '--range'),
    lines: values.line?.map(text => ({ name: `${text.replace(',', '–')}°`, range: pairOf(text, '--line') })),
    match: values.match,
    zone: values.zone,
    clock: offset === undefined ? undefined : { offset },
    output,
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true } as const
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      echem: texts,
      wavelength: text,
      axis: text,
      lenient: { type: 'boolean' },
      interval: text,
      range: text,
      line: texts,
      match: text,
      clock: text,
      zone: text,
      out: text,
      help: { type: 'boolean' },
    },
  })
}
