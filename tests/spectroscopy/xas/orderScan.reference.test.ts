import { readdirSync } from 'node:fs'
import { muFromCounters, orderScan } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { sharedPath } from '../../sharedData.js'
import { columnsOf, hasSpectra, spectrumOf } from '../sharedSpectra.js'

describe.skipIf(!hasSpectra)('scans of public libraries', () => {
  it('FeS2_rt_01.xdi begins with five rows of another spectrum: they are found and dropped', () => {
    const [energy, ...counters] = columnsOf('xas/xasdatalibrary/Fe/FeS2_rt_01.xdi')
    const found = orderScan(energy!, counters)
    expect(found.stray).toEqual([0, 1, 2, 3, 4])
    expect(found.energy[0]).toBe(6962)
    expect(found.warnings.map(w => w.code)).toEqual(['W_STRAY_ROWS'])
    expect(found.warnings[0]!.message).toMatch(/5 rows from 6911.8277 to 6931.7907 eV/)
    expect(orderScan(energy!, counters, { stray: 'keep' }).energy).toEqual(energy)
  })

  it('no other of them is found to have any', () => {
    const folder = 'xas/xasdatalibrary'
    const files = readdirSync(sharedPath(`data/spectroscopy/${folder}`)).flatMap(element =>
      readdirSync(sharedPath(`data/spectroscopy/${folder}/${element}`)).map(file => `${folder}/${element}/${file}`),
    )
    const own = ['cu_metal_rt.xdi', 'feo_rt1.xdi', 'v_foil.xdi', 'cu_10k.xmu', 'fe2o3_rt1.xmu'].map(file => `xas/larch/${file}`)
    for (const file of [...files, ...own]) {
      if (file.includes('FeS2_rt_01')) continue
      const [energy, ...counters] = columnsOf(file)
      expect(orderScan(energy!, counters).stray, file).toEqual([])
    }
    expect(files.length).toBeGreaterThan(20)
  })

  it('a spectrum whose columns are swapped is told by its edge', () => {
    const { energy, mu } = spectrumOf({ file: 'xas/xasdatalibrary/Fe/Hansel2001_vivianite_xanes_001.xdi', mu: 'log(c1/c2)' })
    const [, one, two] = columnsOf('xas/xasdatalibrary/Fe/Hansel2001_vivianite_xanes_001.xdi')
    const wrong = muFromCounters(energy, { i0: one!, i1: two! })
    expect(wrong.warnings.map(w => w.code)).toEqual(['W_SWAPPED_COUNTERS'])
    expect(wrong.transmission!.mu).toEqual(mu)
    const turned = muFromCounters(energy, { i0: one!, i1: two! }, { orientation: 'auto' })
    expect(turned.transmission!.mu).toEqual(mu.map(v => -v))
    expect(muFromCounters(energy, { i0: two!, i1: one! }).warnings).toEqual([])
  })

  it('eight channels of fluorescence are added with their counting statistics', () => {
    const columns = columnsOf('xas/larch/fe_xanes_8ch.xdi')
    const channels = columns.slice(15, 19)
    const { fluorescence } = muFromCounters(columns[0]!, { i0: columns[4]!, fluorescence: channels })
    const counts = channels.reduce((sum, channel) => sum + channel[20]!, 0)
    expect(fluorescence!.mu[20]).toBeCloseTo(counts / columns[4]![20]!, 12)
    expect(fluorescence!.sigma![20]).toBeCloseTo(Math.sqrt(counts) / columns[4]![20]!, 12)
    expect(fluorescence!.sense.falls).toBe(false)
  })
})
