import { fitCircuit, impedanceSpectra, kramersKronig } from 'operando/cell'
import { openElectrochemistry } from 'operando/io/node'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

const open = (name: string) => openElectrochemistry(sharedPath(`data/io/cycler/biologic/${name}`))

describe.runIf(hasSharedData)('impedance of real files', () => {
  it('is the same from .mpr and .mpt, and |Z| and phase of the file follow from it', async () => {
    const echem = await open('peis.issue_149.mpr')
    const spectra = impedanceSpectra(echem)
    const text = impedanceSpectra(await open('peis.issue_149.mpt'))
    expect(text.length).toBe(spectra.length)
    for (const [k, s] of spectra.entries()) expectClose(s.real, text[k]!.real, { rtol: 1e-6 })
    const first = spectra[0]!
    const size = Array.from(first.real, (re, i) => Math.hypot(re, first.imaginary[i]!))
    expectClose(size, echem.columns['|Z|/Ohm']!.values.slice(0, size.length), { rtol: 1e-5, peer: 'EC-Lab 11' })
  })

  it('passes the Kramers-Kronig test within 0.3 %, and Randles with a constant phase element fits it within 2 %', async () => {
    const [spectrum] = impedanceSpectra(await open('peis.issue_149.mpr'))
    const check = kramersKronig(spectrum!)
    expect(check.consistent).toBe(true)
    expect(check.rms).toBeLessThan(3e-3)
    const fit = fitCircuit(spectrum!, 'R0-p(R1,CPE1)-W1')
    expect(fit.converged).toBe(true)
    expect(fit.rFactor).toBeLessThan(0.02)
    expect(fit.starts.agreed).toBeGreaterThan(10)
  })

  it('has one frequency in a ZIR file, with its sign', async () => {
    const spectra = impedanceSpectra(await open('zir.mpr'))
    expect(spectra.map(s => s.frequency.length)).toEqual([1])
    expect(spectra[0]!.imaginary[0]).toBeLessThan(0)
  })
})
