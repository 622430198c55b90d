/** Elements that have one oxidation state in whatever a battery is made of. */
const FIXED: Readonly<Record<number, string>> = {
  [-1]: 'F',
  1: 'Li Na K Rb Cs Fr',
  2: 'Be Mg Ca Sr Ba Ra Zn Cd',
  3: 'Al Ga In Sc Y La Nd Pm Gd Dy Ho Er Tm Lu B',
  4: 'Zr Hf Th',
  5: 'Ta',
}

/**
 * States that occur in solids, of the elements that change theirs. What lies outside is not impossible, but worth a second look.
 * @see N. N. Greenwood, A. Earnshaw, Chemistry of the Elements, 2nd ed. (1997), the tables of oxidation states of each group
 */
const VARIABLE: Readonly<Record<string, readonly number[]>> = {
  Ti: [2, 3, 4],
  V: [2, 3, 4, 5],
  Cr: [2, 3, 4, 5, 6],
  Mn: [2, 3, 4, 5, 6, 7],
  Fe: [2, 3, 4],
  Co: [2, 3, 4],
  Ni: [2, 3, 4],
  Cu: [1, 2, 3],
  Nb: [3, 4, 5],
  Mo: [2, 3, 4, 5, 6],
  Tc: [4, 5, 6, 7],
  Ru: [2, 3, 4, 5, 6, 7, 8],
  Rh: [1, 3, 4],
  Pd: [2, 4],
  Ag: [1, 2, 3],
  W: [4, 5, 6],
  Re: [3, 4, 5, 6, 7],
  Os: [3, 4, 6, 8],
  Ir: [3, 4, 5],
  Pt: [2, 4],
  Au: [1, 3],
  Hg: [1, 2],
  Tl: [1, 3],
  Ge: [-4, 2, 4],
  Sn: [-4, 2, 4],
  Pb: [-4, 2, 4],
  As: [-3, 3, 5],
  Sb: [-3, 3, 5],
  Bi: [-3, 3, 5],
  Ce: [3, 4],
  Pr: [3, 4],
  Sm: [2, 3],
  Eu: [2, 3],
  Tb: [3, 4],
  Yb: [2, 3],
  U: [3, 4, 5, 6],
}

/** Lowest and highest state of the elements whose usual state gives way when charges do not balance: peroxides, sulfites, carbides ... */
const SPAN: Readonly<Record<string, readonly [number, number]>> = {
  H: [-1, 1],
  D: [-1, 1],
  T: [-1, 1],
  C: [-4, 4],
  Si: [-4, 4],
  N: [-3, 5],
  P: [-3, 5],
  O: [-2, 0],
  S: [-2, 6],
  Se: [-2, 6],
  Te: [-2, 6],
  Cl: [-1, 7],
  Br: [-1, 7],
  I: [-1, 7],
}

/** States within ions that the rules for single elements would miss; found where they stand in brackets. */
export const IONS: readonly {
  readonly counts: Readonly<Record<string, number>>
  readonly charge: number
  readonly states: Readonly<Record<string, number>>
}[] = [
  { counts: { C: 1, N: 1 }, charge: -1, states: { C: 2, N: -3 } },
  { counts: { S: 1, C: 1, N: 1 }, charge: -1, states: { S: -2, C: 4, N: -3 } },
  { counts: { N: 1, O: 3 }, charge: -1, states: { N: 5, O: -2 } },
  { counts: { N: 1, O: 2 }, charge: -1, states: { N: 3, O: -2 } },
  { counts: { N: 1, H: 4 }, charge: 1, states: { N: -3, H: 1 } },
  { counts: { C: 2, O: 4 }, charge: -2, states: { C: 3, O: -2 } },
  { counts: { Cl: 1, O: 4 }, charge: -1, states: { Cl: 7, O: -2 } },
  { counts: { S: 1, O: 3 }, charge: -2, states: { S: 4, O: -2 } },
  { counts: { S: 2, O: 3 }, charge: -2, states: { S: 2, O: -2 } },
]

/** States that an element may usually have: a list, or a span whose ends are given. Empty if nothing is known. */
export function usualStates(element: string): readonly number[] {
  return VARIABLE[element] ?? SPAN[element] ?? []
}

/** The span within which the usual state of a non-metal may give way; absent for elements whose state is firm. */
export function spanOf(element: string): readonly [number, number] | undefined {
  return SPAN[element]
}

/**
 * The state that an element has unless told otherwise; undefined for those that must be solved for.
 * @param element Its symbol.
 * @param counts  Atoms of the whole formula: sulfur is -2 in a sulfide and +6 in a sulfate.
 */
export function usualState(element: string, counts: Readonly<Record<string, number>>): number | undefined {
  const has = (list: string): boolean => list.split(' ').some(other => other !== element && other in counts)
  for (const [state, elements] of Object.entries(FIXED)) if (elements.split(' ').includes(element)) return Number(state)
  const oxygen = counts.O ?? 0
  switch (element) {
    case 'O':
      return -2
    case 'H':
    case 'D':
    case 'T':
      return has('O F Cl Br I S Se Te N C P') ? 1 : -1
    case 'Cl':
    case 'Br':
    case 'I':
      return -1
    case 'S':
    case 'Se':
    case 'Te':
      return oxygen >= 3 * counts[element]! ? 6 : -2
    case 'N':
      return -3
    case 'P':
      return has('O F Cl Br I S Se N') ? 5 : -3
    case 'Si':
      return has('O F Cl Br I S Se N') ? 4 : undefined
    case 'C':
      return oxygen > 0 ? 4 : undefined
    default:
      return undefined
  }
}
