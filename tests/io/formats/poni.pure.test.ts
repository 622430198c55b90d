import { type OpenedGeometry, open, type PoniSettings, writePoni } from 'operando/io'
import { createGeometry } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText, rejection } from '../../errorCode.js'

const read = async (text: string, lenient = false): Promise<OpenedGeometry> => {
  const opened = await open({ name: 'a.poni', bytes: new TextEncoder().encode(text) }, { lenient })
  if (opened.kind !== 'geometry') throw new Error(opened.kind)
  return opened
}
const place = ['Distance: 0.2', 'Poni1: 0.09', 'Poni2: 0.08', 'Rot1: 0.01', 'Rot2: -0.02', 'Rot3: 0']
const version1 = [
  '# Calibration done at Fri Feb 27 13:52:42 2015',
  'PixelSize1: 0.000172',
  'PixelSize2: 0.0001',
  ...place,
  'SplineFile: None',
  'Wavelength: 4.066e-11',
  '',
]
const version2 = [
  'poni_version: 2.1',
  'Detector: Detector',
  'Detector_config: {"pixel1": 7.5e-05, "pixel2": 7.5e-05, "max_shape": [10, 20], "orientation": 2}',
  ...place,
  '',
]

describe('PONI files', () => {
  it('of version 1 tell place, pixels and the wavelength in Å, digit for digit', async () => {
    const { geometry, warnings } = await read(version1.join('\n'))
    expect(geometry).toEqual({
      dist: 0.2,
      poni1: 0.09,
      poni2: 0.08,
      rot1: 0.01,
      rot2: -0.02,
      rot3: 0,
      wavelength: 0.4066,
      pixel1: 172e-6,
      pixel2: 1e-4,
    })
    expect(warnings).toEqual([])
    expect(errorText(() => createGeometry(geometry))).toContain('shape')
    expect(createGeometry({ ...geometry, shape: [100, 200] }).pixel2).toBe(1e-4)
  })

  it('of version 2 tell shape and orientation as well, and are a geometry', async () => {
    const { geometry } = await read(version2.join('\r\n'))
    const made = createGeometry(geometry)
    expect([made.shape, made.orientation, made.pixel1, made.wavelength]).toEqual([[10, 20], 2, 75e-6, undefined])
  })

  it('may name a detector of the table, or one that no table has with all sizes told', async () => {
    const named = await read(['poni_version: 2', 'Detector: Pilatus1M', 'Detector_config: {}', ...place].join('\n'))
    expect(createGeometry(named.geometry).shape).toEqual([1043, 981])
    const own = await read(version2.join('\n').replace('Detector: Detector', 'Detector: Ours'))
    expect(createGeometry(own.geometry).shape).toEqual([10, 20])
  })

  it('count by their last calibration, and say that there were several', async () => {
    const { geometry, warnings } = await read([...version1, ...version1.map(line => line.replace('0.2', '0.3'))].join('\n'))
    expect(geometry.dist).toBe(0.3)
    expect(warnings.map(w => w.code)).toEqual(['W_SEVERAL_BLOCKS'])
  })

  it('read back as they were written', async () => {
    const settings: PoniSettings = {
      dist: 0.20865,
      poni1: 1 / 3,
      poni2: 0.08,
      rot1: 1e-9,
      rot2: 0,
      rot3: -0.3,
      wavelength: 0.1 + 0.2,
      pixel1: 172e-6,
      pixel2: 100e-6,
      shape: [3, 4],
      orientation: 4,
    }
    expect((await read(writePoni(settings))).geometry).toEqual(settings)
    const made = createGeometry({ dist: 1, poni1: 0, poni2: 0, detector: 'Eiger2 1M' })
    expect(createGeometry((await read(writePoni(made))).geometry)).toEqual(made)
  })

  it('are refused in words when something is missing or no number', async () => {
    const without = (key: string): string => version1.filter(line => !line.startsWith(key)).join('\n')
    expect(await rejection(read(without('Rot3')))).toContain('E_MISSING')
    expect(await rejection(read(version1.join('\n').replace('0.08', 'nan')))).toContain('E_FORMAT')
    expect(await rejection(read(version1.join('\n').replace('4.066e-11', '0.4066')))).toContain('E_RANGE')
    expect(await rejection(read(version2.join('\n').replace('{"pixel1"', '{"pixel1')))).toContain('E_FORMAT')
    expect(
      errorCode(() => writePoni({ ...createGeometry({ dist: 1, poni1: 0, poni2: 0, detector: 'Eiger2 1M' }), orientation: 6 })),
    ).toBe('E_UNSUPPORTED')
    const { warnings, geometry } = await read(version2.join('\n').replace('{"pixel1"', '{"pixel1'), true)
    expect(warnings[0]?.place).toBe('line 3')
    expect(geometry.pixel1).toBeUndefined()
  })
})
