import { CHANTLER_ATTENUATION } from '../../src/matter/tables/chantlerAttenuation.generated.js'
import { CHANTLER_FACTORS } from '../../src/matter/tables/chantlerFactors.generated.js'
import { CHANTLER_GRID } from '../../src/matter/tables/chantlerGrid.generated.js'
import { COMPTON_PROFILES } from '../../src/matter/tables/comptonProfiles.generated.js'
import { ELAM } from '../../src/matter/tables/elam.generated.js'
import { ELEMENTS } from '../../src/matter/tables/elements.generated.js'
import { ENERGY_ABSORPTION } from '../../src/matter/tables/energyAbsorption.generated.js'
import { FORM_FACTORS } from '../../src/matter/tables/formFactors.generated.js'
import { INCOHERENT } from '../../src/matter/tables/incoherent.generated.js'
import { EDGES } from '../../src/matter/tables/levels.generated.js'
import { SUBSHELLS } from '../../src/matter/tables/subshells.generated.js'

/** A tiny app, what it may weigh minified with all that it loads at once, and what must not be in it. */
export interface TinyApp {
  /** For the table. */
  readonly name: string
  /** Its source. */
  readonly code: string
  /** Limit in bytes. */
  readonly maxBytes: number
  /** Marker strings: tables, heavy packages, eval. */
  readonly mustNotContain: readonly string[]
}

const never = ['new Function', 'node:fs']
/** The first bytes of a kernel, messages of ml-matrix and ml-levenberg-marquardt. */
const heavyMatrices = ['AGFzbQ', 'Both matrices must have the same number of rows', 'The execution time is over to']

/** Beginning of the glyphs, notice of the page script, a class of the fragments. */
const lazyFigureParts = ['eNrNfQlcVde1915r73POvZfLPBs1MUkz', 'Drawn by operando (MIT)', 'operando-picture']

/** Beginnings of the tables of matter. */
const matterTables = [
  ELAM[0]!,
  SUBSHELLS[0]!,
  COMPTON_PROFILES[0]!,
  INCOHERENT[0]!,
  ENERGY_ABSORPTION[0]!,
  ELEMENTS,
  EDGES,
  CHANTLER_GRID,
  CHANTLER_FACTORS[0]!,
  CHANTLER_ATTENUATION[0]!,
  FORM_FACTORS,
].map(table => table.slice(0, 40))

/** The apps that `npm run check:size` bundles. */
export const tinyApps: readonly TinyApp[] = [
  {
    name: 'one unit',
    code: `import { unit } from 'operando'; console.log(unit('keV').factor)`,
    maxBytes: 12_000,
    mustNotContain: never,
  },
  {
    // numeric/linear holds faces over ml-matrix (71 kB), fitCurve can load ml-levenberg-marquardt: neither may come along unasked.
    // nor the embedded kernels (24 kB), which is why loadKernelsSync has a subpath of its own
    name: 'least squares',
    code: `import { leastSquares } from 'operando/numeric'; console.log(leastSquares({ points: 1, residuals: (p, out) => { out[0] = p[0] - 1 } }, [{ name: 'a', value: 0 }]))`,
    maxBytes: 38_000,
    mustNotContain: [...never, ...heavyMatrices],
  },
  {
    name: 'fit of a curve',
    code: `import { fitCurve, formatFit } from 'operando/numeric'; console.log(formatFit(fitCurve([0, 1, 2], [1, 2, 3], (x, p) => p.a * x, { a: 1 })))`,
    maxBytes: 50_000,
    mustNotContain: [...never, ...heavyMatrices],
  },
  {
    name: 'linear combination fit',
    code: `import { createNnls } from 'operando/numeric'; console.log(createNnls([1, 2], 2, 1).solve([1, 2]))`,
    maxBytes: 12_000,
    mustNotContain: [...never, ...heavyMatrices],
  },
  {
    // two thirds are d3; the rasteriser with its font (30 kB) and the script of pages (133 kB) come only when png() or html() is called
    name: 'line plot',
    code: `import { linePlot } from 'operando/plot'; console.log(linePlot({ x: [1, 2], y: [1, 2] }).svg)`,
    maxBytes: 150_000,
    mustNotContain: [...never, ...lazyFigureParts],
  },
  {
    name: 'operando figure',
    code: `import { operandoFigure } from 'operando/plot'; console.log(operandoFigure({ x: [1, 2], y: [1, 2], values: [1, 2, 3, 4] }).svg)`,
    maxBytes: 156_000,
    mustNotContain: [...never, ...lazyFigureParts],
  },
  {
    // the tables (elements, edges, cross sections: 5 to some hundred kB each) come when they are asked for
    name: 'mass attenuation',
    code: `import { massAttenuation } from 'operando/matter'; console.log(await massAttenuation('Fe', '8 keV'))`,
    maxBytes: 32_000,
    mustNotContain: [...never, ...matterTables],
  },
  {
    // half height asks for the normalisation
    name: 'energy of an edge',
    code: `import { findE0 } from 'operando/spectroscopy'; console.log(findE0([1], [2]))`,
    maxBytes: 35_000,
    mustNotContain: [...never, ...heavyMatrices, ...matterTables],
  },
]
