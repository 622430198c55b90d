import { type FitPeaksOptions, fitPeaks, K_ALPHA, type PeakFitResult, type PeakGuess } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/scattering/peaks.json'

const { x } = reference
const PEER = `lmfit ${reference.peers.lmfit}, scipy ${reference.peers.scipy}`
const cases = reference.cases as unknown as Record<
  string,
  { y?: number[]; chiSquare: number; parameters: Record<string, [value: number, standardError: number]> }
>

function expectAgreement(fit: PeakFitResult, name: string): void {
  const { chiSquare, parameters } = cases[name]!
  expect(fit.converged).toBe(true)
  expectClose(fit.chiSquare, chiSquare, { rtol: 1e-9, peer: PEER })
  for (const [parameter, [value, error]] of Object.entries(parameters)) {
    const ours = fit.parameters[parameter]!
    // a ten-thousandth of a standard error; lmfit and scipy take the Jacobian of the covariance by forward differences
    expectClose(ours.value, value, { atol: 1e-4 * error, peer: PEER })
    expectClose(ours.standardError!, error, { rtol: 2e-4, peer: PEER })
  }
}

const run = (name: string, peaks: (number | PeakGuess)[], options: FitPeaksOptions, data = name): PeakFitResult => {
  const y = cases[data]!.y!
  const sigma = options.weights === 'none' ? undefined : y.map(v => Math.sqrt(Math.max(v, 1)))
  const fit = fitPeaks({ x, y, sigma }, peaks, options)
  expectAgreement(fit, name)
  return fit
}

describe('fitPeaks gives the values and standard errors', () => {
  it('of lmfit for two overlapping pseudo-Voigts, heights included', () => {
    const fit = run('pseudoVoigt', [32.2, 32.6], {})
    expectClose(fit.peaks[0]!.height.standardError!, cases.pseudoVoigt!.parameters['peak1.height']![1], { rtol: 2e-4 })
  })

  it('of lmfit with absolute sigma', () => {
    run('pseudoVoigtAbsolute', [32.2, 32.6], { scaleErrors: false }, 'pseudoVoigt')
  })

  it('of lmfit for tied centres and widths', () => {
    const tied = { centre: { tie: 'peak1.centre + 0.4' }, fwhm: { tie: 'peak1.fwhm' }, eta: { tie: 'peak1.eta' } }
    run('tied', [32.2, tied], {}, 'pseudoVoigt')
    // the same by shared shapes
    const shared = { centre: { tie: 'peak1.centre + 0.4' } }
    const y = cases.pseudoVoigt!.y!
    const fit = fitPeaks({ x, y }, [32.2, shared], { shared: true, weights: 'poisson' })
    expectClose(fit.chiSquare, cases.tied!.chiSquare, { rtol: 1e-9, peer: PEER })
    const [fwhm, error] = cases.tied!.parameters['peak1.fwhm']!
    for (const p of [fit.parameters.fwhm!, fit.parameters['peak1.fwhm']!, fit.parameters['peak2.fwhm']!]) {
      expectClose(p.value, fwhm, { atol: 1e-4 * error, peer: PEER })
      expectClose(p.standardError!, error, { rtol: 2e-4, peer: PEER })
    }
  })

  it('of lmfit for two Voigts', () => {
    run('voigt', [31.5, 33.5], { profile: 'voigt' })
  })

  it.each(['gaussian', 'lorentzian'] as const)('of lmfit for a %s without weights', profile => {
    run(profile, [32.6], { profile, weights: 'none' })
  })

  it('of scipy for a split pseudo-Voigt', () => {
    run('splitPseudoVoigt', [32.7], { profile: 'splitPseudoVoigt' })
  })

  it('of scipy for a Thompson-Cox-Hastings profile', () => {
    run('tch', [32.7], { profile: 'tch' })
  })

  it('of scipy for a Cu K alpha doublet', () => {
    run('doublet', [32.7], { doublet: K_ALPHA.Cu })
  })
})
