import { existsSync, readFileSync } from 'node:fs'
import { THOMPSON_COX_HASTINGS, thompsonCoxHastings, voigt } from 'operando/scattering'
import { describe, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { sharedPath } from '../sharedData.js'

const path = sharedPath('reference/scattering/f_profiles.json')

describe.skipIf(!existsSync(path))('profiles against reference values', () => {
  const { x, tch } = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { x: [], tch: [] }
  for (const { HG, HL, fwhm, pv, true_voigt } of tch) {
    it(`Gaussian ${HG}, Lorentzian ${HL}`, () => {
      expectClose(THOMPSON_COX_HASTINGS.fwhm(Float64Array.of(HG, HL)), fwhm, { rtol: 1e-12, peer: 'an independent calculation' })
      expectClose(thompsonCoxHastings(x, { centre: 0, fwhmG: HG, fwhmL: HL }), pv, {
        rtol: 1e-9,
        atol: 1e-25,
        peer: 'an independent calculation',
      })
      expectClose(voigt(x, { centre: 0, fwhmG: HG, fwhmL: HL }), true_voigt, {
        rtol: 1e-9,
        atol: 1e-300,
        peer: 'an independent calculation',
      })
    })
  }
})
