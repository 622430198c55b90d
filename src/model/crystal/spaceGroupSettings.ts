import { OperandoError } from '../../core/errors.js'
import { SPACE_GROUP_TABLE } from './tables/spaceGroups.generated.js'

/** A tabulated setting of a space group. */
export interface SpaceGroupSetting {
  /** Number in the International Tables, 1 to 230. */
  readonly number: number
  /** Hermann-Mauguin symbol with spaces and, after a colon, origin choice (1, 2) or axes (H, R): `P n m a`, `F d -3 m:2`, `R -3 m:H`. */
  readonly hm: string
  /** Hall symbol: it names the operations without doubt. */
  readonly hall: string
  /** What tells this setting from its sisters: origin choice or axes, unique axis and cell choice (`b1`), permutation (`ba-c`); empty for the only one. */
  readonly setting: string
}

/** All tabulated settings, in order of number. */
export function allSettings(): SpaceGroupSetting[] {
  return SPACE_GROUP_TABLE.split('\n').flatMap((line, index) =>
    line.split(';').map(text => {
      const [hm = '', hall = '', qualifier = ''] = text.split('|')
      const choice = hm.split(':')[1] ?? ''
      return { number: index + 1, hm, hall, setting: `${choice}${qualifier}` }
    }),
  )
}

/**
 * The settings that a Hermann-Mauguin symbol or a number can mean, the usual one first. A symbol that leaves the origin or the axes open
 * (`F d -3 m`, `R -3 m`) gives several: origin choice 2 (inversion centre at the origin) and hexagonal axes come first.
 *
 * Understood are spaces or none, any case, underscores, `:1 :2 :H :R` and other qualifiers after a colon, `S`/`Z` and `O1`/`O2` for the origins,
 * short monoclinic symbols (`C 2/c`; unique axis b is tried before c and a), full symbols (`P 21/n 21/m 21/a`, `F 4/m -3 2/m`), cubic ones
 * of before 1983 (`F d 3 m`), the double glide `e` (`C m c e`), `H` for hexagonal axes (`H 3 2`).
 *
 * @param symbol Symbol, or number 1 to 230.
 * @throws OperandoError `E_MISSING` when no tabulated group has that symbol or number.
 * @example
 * ```ts
 * import { spaceGroupSettings } from 'operando'
 * spaceGroupSettings('Fd-3m').map(s => s.hm) // ['F d -3 m:2', 'F d -3 m:1']
 * ```
 */
export function spaceGroupSettings(symbol: string | number): readonly SpaceGroupSetting[] {
  const all = allSettings()
  if (typeof symbol !== 'number' && typeof symbol !== 'string')
    throw new OperandoError('E_ARGUMENT', `A space group is a symbol such as "P n m a" or a number, found ${typeof symbol}.`)
  const found = typeof symbol === 'number' ? all.filter(s => s.number === symbol) : bySymbol(symbol, all)
  if (found.length === 0) {
    throw new OperandoError(
      'E_MISSING',
      `No tabulated space group has the ${typeof symbol === 'number' ? `number ${symbol}: 1 to 230` : `Hermann-Mauguin symbol "${symbol}": something like "P n m a", "R -3 m:H" or "F d -3 m:2"`} expected. ` +
        'For a setting of your own use spaceGroupFromHall or spaceGroupFromOperations.',
      { details: { found: symbol } },
    )
  }
  const usual = ({ setting }: SpaceGroupSetting): number => (/^[1R]/.test(setting) ? 1 : 0)
  return found.sort((x, y) => (x.hm.split(':')[0] === y.hm.split(':')[0] ? usual(x) - usual(y) : 0))
}

const compact = (hm: string): string =>
  hm
    .toLowerCase()
    .replace(/[\s_{}()$]/g, '')
    .replace(/[−–]/g, '-')

function bySymbol(symbol: string, all: readonly SpaceGroupSetting[]): SpaceGroupSetting[] {
  const whole = compact(symbol)
  const exact = all.filter(s => compact(s.hm) === whole)
  if (exact.length > 0) return exact
  // what follows a colon, or the letters that no symbol ends with, chooses among the settings
  const [, body = whole, colon, tail] = /^(.[^:]*?)(?::(.+)|(o[12]|[szhr]))?$/.exec(whole) ?? []
  const choice = (colon ?? tail)
    ?.replace(/^o(?=[12]$)/, '')
    .replace(/^s$/, '1')
    .replace(/^z$/, '2')
  const hexagonal = body.startsWith('h')
  for (const spelling of spellings(hexagonal ? `r${body.slice(1)}` : body)) {
    const named = all.filter(s => compact(s.hm.split(':')[0]!) === spelling)
    if (named.length === 0) continue
    const wanted = hexagonal ? 'h' : choice
    if (wanted === undefined) return named
    const chosen = named.filter(s => s.setting.toLowerCase() === wanted || s.hm.toLowerCase().endsWith(`:${wanted}`))
    // 'P n m a:1', 'P 1 21/c 1:b1' where the only setting has no need of it
    if (chosen.length > 0) return chosen
    if (named.length === 1 && wanted !== '2' && wanted !== 'r') return named
  }
  return []
}

/** The ways in which the table may write a compact symbol, best first. */
function spellings(key: string): string[] {
  const out = [key]
  const add = (other: string): void => {
    if (!out.includes(other)) out.push(other)
  }
  // before 1983: Fd3m, Im3m, Ia3
  add(key.replace(/^([pfi](?:21|42)?[a-dmn])3(m|n|c|d)?$/, '$1-3$2'))
  // full symbols: P 21/n 21/m 21/a; P 63/m 2/m 2/c; R -3 2/m; F 4/m -3 2/m; P 2/m -3
  add(key.replace(/^([pfi])[24][1-3]?\/([a-dmn])-3(?:2\/)?([mncd])?$/, '$1$2-3$3'))
  add(key.replace(/^([pabcfir])(?:21?\/([a-emn]))(?:21?\/([a-emn]))(?:21?\/([a-emn]))$/, '$1$2$3$4'))
  add(key.replace(/^([pir](?:[46][1-5]?\/[a-dmn]|-3))([1]?)2\/([mncd])(?:2\/([mncd])|(1))?$/, '$1$2$3$4$5'))
  for (const glide of ['a', 'b', 'c']) for (const s of [...out]) if (s.includes('e')) add(s.replace('e', glide))
  const [, lattice, rest] = /^([pabcfi])(2|21|[a-emn]|21?\/[a-emn])$/.exec(key) ?? []
  if (lattice && rest) for (const s of [`${lattice}1${rest}1`, `${lattice}11${rest}`, `${lattice}${rest}11`]) add(s)
  return out
}
