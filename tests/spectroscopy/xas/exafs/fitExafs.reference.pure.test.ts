import { parseFeffPath } from 'operando/io'
import { type ExafsData, type ExafsFit, type ExafsFitOptions, type FitPath, fitExafs, kGrid } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../../matchers.js'
import reference from '../../../reference/spectroscopy/exafs.json'

const { peer } = reference
const texts: Record<string, string> = reference.texts
const k = kGrid(15.5)

type Case = (typeof reference.fits)[number]

/** Path, label and parameters of a case, whose keys are already ours. */
function pathsOf(list: readonly Record<string, unknown>[]): FitPath[] {
  return list.map(({ path: file, ...rest }) => ({
    path: parseFeffPath(texts[file as string]!, { file: file as string }),
    ...rest,
  }))
}

function run({ sets, paths, transform, vary, ...more }: Case): ExafsFit {
  const { fitspace, ...range } = transform
  const options = { ...range, space: fitspace === 'r' ? 'R' : fitspace } as ExafsFitOptions
  const epsilon = (more as { epsilon_k?: number }).epsilon_k
  const data = sets.map((set, i): ExafsData => ({ k, chi: reference.chi[set]!, paths: pathsOf(paths[i]!), epsilon }))
  return fitExafs(data, vary as unknown as Record<string, number>, options)
}

describe('fitExafs gives the fit of larch', () => {
  it.each(reference.fits)('for $name', one => {
    const fit = run(one)
    const { result } = one
    expect(fit.converged).toBe(true)
    expect(fit.points).toBe(result.n_data)
    const best: Record<string, number> = result.best as never
    const errors: Record<string, number> = result.stderr as never
    for (const name of Object.keys(one.vary)) {
      // larch stops at its tolerances and takes the Jacobian by forward differences
      expectClose(fit.parameters[name]!.value, best[name]!, { atol: 2e-3 * errors[name]!, peer })
      expectClose(fit.parameters[name]!.standardError!, errors[name]!, { rtol: 2e-3, peer })
    }
    expectClose(fit.independent, result.n_independent, { rtol: 1e-9, peer })
    // the Debye model of the peer has other constants (2e-6) and masses (Ni 58.6934 u): next to nothing of the model, but not of the misfit, which is all noise
    const rtol = one.name.includes('Debye') ? 5e-4 : 1e-5
    expectClose(fit.chiSquare, result.chi_square, { rtol, peer })
    expectClose(fit.reducedChiSquare, result.chi2_reduced, { rtol, peer })
    expectClose(fit.rFactor, result.rfactor, { rtol, peer })
    expectClose([fit.aic, fit.bic], [result.aic, result.bic], { atol: 0.02, peer })
    fit.sets.forEach((set, s) => {
      const [of, or] = [result.epsilon_k[s]!, result.epsilon_r[s]!]
      expectClose(set.epsilonR, or, { rtol: 1e-8, peer })
      expectClose(set.epsilonK, set.epsilonK.length === of.length ? of : set.epsilonK.map(() => of[0]!), { rtol: 1e-8, peer })
    })
    const { order, matrix } = result.correlation
    order.forEach((name, i) => {
      order.forEach((other, j) => {
        if (i !== j) expectClose(fit.parameters[name]!.correlations[other]!, matrix[i]![j]!, { atol: 2e-3, peer })
      })
    })
    // where there are several paths, larch tells them all with the reff, or the expression, of the last
    if (one.paths.some(list => list.length > 1) || one.sets.length > 1) return
    const paths = fit.sets.flatMap(set => set.paths)
    paths.forEach(({ r }, i) => {
      expectClose(r.value, result.path_r[i]!, { atol: 2e-3 * result.path_r_stderr[i]!, peer })
      expectClose(r.standardError!, result.path_r_stderr[i]!, { rtol: 2e-3, peer })
    })
  })
})
