import { isElement } from '../../core/elements.js'
import { isOperandoError, OperandoError } from '../../core/errors.js'
import { parseFormula } from '../../core/formula.js'
import { LONGEST_WORD, quote } from '../../core/quote.js'
import { elementData } from '../elementData.js'
import { type ListedMaterial, readListedMaterial } from './listedMaterial.js'

/**
 * All materials of the list, as they are: metals, windows, active materials, electrolytes, separators, gases.
 * @example
 * ```ts
 * import { listMaterials } from 'operando/matter'
 * const list = await listMaterials()
 * list.map(({ name, density, source }) => `${name}: ${density} g/cm³ (${source})`)
 * ```
 */
export async function listMaterials(): Promise<readonly ListedMaterial[]> {
  const { MATERIAL_LIST } = await import('./materialList.js')
  return MATERIAL_LIST.split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(readListedMaterial)
}

/**
 * A material by name, with its density and where that comes from. Names and aliases are those of {@link listMaterials}; longer ones may be written in any case, with
 * blanks and hyphens or without (`celgard-2400`). The formula of a listed material finds it where only one has it. Elements that are not listed have the density of
 * `elementData`.
 * @param name `'Kapton'`, `'NMC811'`, `'LP57'`, `'Cu'`.
 * @throws OperandoError `E_MISSING` with the nearest names; of a formula it says that a density is needed.
 * @example
 * ```ts
 * import { findMaterial } from 'operando/matter'
 * const { formula, density, source } = await findMaterial('Kapton')
 * density // 1.42
 * ```
 */
export async function findMaterial(name: string): Promise<ListedMaterial> {
  if (typeof name !== 'string' || name.length > LONGEST_WORD)
    throw new OperandoError('E_ARGUMENT', `findMaterial: the name of a material expected, found ${typeof name}.`)
  const list = await listMaterials()
  const wanted = name.trim()
  const exact = list.find(material => namesOf(material).includes(wanted))
  if (exact) return exact
  // two letters in another case may be another substance: CO, Co
  const plain = simplified(wanted)
  const loose = plain.length > 3 ? list.find(material => namesOf(material).some(known => simplified(known) === plain)) : undefined
  if (loose) return loose
  const sameFormula = list.filter(({ formula }) => formula === wanted)
  if (sameFormula.length === 1) return sameFormula[0]!
  if (sameFormula.length === 0 && isElement(wanted)) return elementMaterial(wanted)
  throw new OperandoError('E_MISSING', `Material ${quote(name)} is not in the list. ${wayOut(wanted, list)}`, {
    details: { found: name },
  })
}

const namesOf = ({ name, aliases }: ListedMaterial): readonly string[] => [name, ...aliases]

const simplified = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

async function elementMaterial(symbol: string): Promise<ListedMaterial> {
  const { density, name } = await elementData(symbol)
  return {
    name,
    aliases: [symbol],
    formula: symbol,
    density,
    source: 'density of the element (xraydb 4.4.7)',
    components: [{ formula: symbol, density, massFraction: 1, name }],
    porosity: 0,
  }
}

function wayOut(wanted: string, list: readonly ListedMaterial[]): string {
  const sameFormula = list.filter(({ formula }) => formula === wanted)
  if (sameFormula.length > 0) return `Several have this formula: ${sameFormula.map(({ name }) => `'${name}'`).join(', ')}.`
  const plain = simplified(wanted)
  const near = list
    .flatMap(material => namesOf(material).map(known => ({ known, distance: nearness(plain, simplified(known)) })))
    .filter(({ distance }, _, all) => distance <= (all.some(one => one.distance === 0) ? 0 : Math.max(1, plain.length / 3)))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 4)
  if (near.length > 0)
    return `Did you mean ${near.map(({ known }) => `'${known}'`).join(' or ')}? Else give { formula, density }.`
  try {
    parseFormula(wanted)
    return `It is a formula, of which no density is known: give { formula: '${wanted}', density } in g/cm³.`
  } catch (error) {
    if (isOperandoError(error)) return 'Give { formula, density } in g/cm³; listMaterials() tells the names.'
    throw error
  }
}

/** Letters to change, leave out or put in until one word is the other; the beginning of a word is near to it. */
function nearness(word: string, known: string): number {
  if (word.length >= 3 && known.startsWith(word)) return 0.5
  let row = Array.from({ length: known.length + 1 }, (_, j) => j)
  for (let i = 1; i <= word.length; i++) {
    const next = [i]
    for (let j = 1; j <= known.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (word[i - 1] === known[j - 1] ? 0 : 1)))
    row = next
  }
  return row[known.length]!
}
