import { readFileSync } from 'node:fs'
import { open } from 'operando/io'
import { createGeometry } from 'operando/scattering'
import { expect, it } from 'vitest'
import { sharedPath } from '../../sharedData.js'

const path = sharedPath('data/scattering/frames/CeO2_Pilatus1M.poni')

it.skipIf(!path)('the PONI of the CeO2 frame opens and, with its detector, is a geometry', async () => {
  const opened = await open({ name: 'CeO2_Pilatus1M.poni', bytes: readFileSync(path!) })
  expect(opened.kind).toBe('geometry')
  if (opened.kind !== 'geometry') return
  const geometry = createGeometry({ ...opened.geometry, detector: 'Pilatus 1M' })
  expect(geometry.wavelength).toBe(0.4066)
  expect(geometry.rot2).toBe(0.00413760084465)
  expect(geometry.shape).toEqual([1043, 981])
})
