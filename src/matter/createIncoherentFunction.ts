import { atomicNumber } from '../core/index.js'
import { createSpline } from '../numeric/index.js'
import { createTabulatedCurve, type TabulatedCurve } from './tabulatedCurve.js'
import { unpackColumns } from './unpack.js'

/** Beyond, light and heavy atoms alike scatter as free electrons to 1e-3. */
const HIGHEST_S = 20
const SOURCE = 'Hubbell et al., J. Phys. Chem. Ref. Data 4 (1975) 471 and Cullen et al. (1997), from xraylib 4.0.0'

/**
 * Incoherent (Compton) scattering function S of an atom, H to Cf, as a plan over s = sin(theta)/lambda = Q / (4 pi) in 1/Å: the electrons that scatter incoherently, 0 at s = 0,
 * all of them at large s. Times the cross section of Klein and Nishina it is the incoherent scattering of the atom.
 *
 * The spline of xraylib's `SF_Compt` between its nodes, to s = 20 1/Å (Q = 251 1/Å); below the first node (0.001 1/Å; 0 of H), where the table is silent,
 * S goes as s².
 * @param element Symbol, `Fe`; the case matters.
 * @throws OperandoError `E_MISSING` when there is no such element.
 * @see Hubbell et al., J. Phys. Chem. Ref. Data 4 (1975) 471
 * @example
 * ```ts
 * import { createIncoherentFunction } from 'operando/matter'
 * const carbon = await createIncoherentFunction('C')
 * carbon.at(10 / (4 * Math.PI)) // 5.04 of 6 electrons at Q = 10 1/Å
 * ```
 */
export async function createIncoherentFunction(element: string): Promise<TabulatedCurve> {
  const number = atomicNumber(element)
  const { INCOHERENT } = await import('./tables/incoherent.generated.js')
  const [s, values] = unpackColumns(INCOHERENT[number - 1]!)
  const spline = createSpline(s!, values!, { ends: 'natural', outside: 'extrapolate' })
  const first = s![0]!
  const curvature = values![0]! / first ** 2
  const fill = (at: Float64Array, out: Float64Array): void => {
    spline.evaluate(at, out)
    for (let k = 0; k < at.length; k++) if (at[k]! < first) out[k] = curvature * at[k]! * at[k]!
  }
  return createTabulatedCurve(
    { what: `${element}, incoherent scattering function`, range: [0, HIGHEST_S], source: SOURCE, wayOut: 's is Q / 4π.', fill },
    { one: 's', many: 's', unit: '1/Å' },
  )
}
