import { readFileSync } from 'node:fs'
import { type BeamStack, stackTransmission, transmissionOver } from 'operando/cell'
import { describe, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'
import { electrodeOf, materialOf, stackOf } from './makeStack.js'

const reference = hasSharedData ? JSON.parse(readFileSync(sharedPath('reference/io/cell.json'), 'utf8')) : {}
const peer = 'xraydb 4.4.7, table of Elam'

interface StackCase {
  layers: { name: string; thickness_um: number; elements_g_cm3: Record<string, number> }[]
  angle_deg: number
  result: { E: number; mut: Record<string, number>; mut_total: number; T: number }[]
}

const stackOfCase = ({ layers, angle_deg }: StackCase): Promise<BeamStack> =>
  stackOf(
    layers.map(({ name, thickness_um: thickness, elements_g_cm3: elements }) => ({
      role: 'other',
      name,
      thickness,
      material: materialOf(elements),
    })),
    { kind: 'flat', tilt: angle_deg },
  )

describe.skipIf(!hasSharedData)('cells against computed references', () => {
  it('gives transmission and mu t of every layer of every cell', async () => {
    for (const item of Object.values(reference.stacks as Record<string, StackCase>)) {
      const stack = await stackOfCase(item)
      const over = transmissionOver(
        stack,
        item.result.map(row => row.E),
      )
      expectClose(
        over.transmission,
        item.result.map(row => row.T),
        { rtol: 1e-5, peer },
      )
      for (const row of item.result) {
        const { layers, transmission, exponent } = stackTransmission(stack, row.E)
        expectClose(transmission, row.T, { rtol: 1e-5 })
        expectClose(exponent, row.mut_total, { rtol: 1e-6 })
        expectClose(
          layers.map(layer => layer.exponent),
          layers.map(layer => row.mut[layer.name]!),
          { rtol: 1e-6, peer },
        )
      }
    }
  })

  it('mixes an electrode of active material, carbon and binder with its pores full of electrolyte as the reference did', async () => {
    const stack = await stackOf([
      { role: 'electrode', electrode: 'working', thickness: 60, material: electrodeOf('LiNi0.8Mn0.1Co0.1O2', 4.75) },
    ])
    const wanted = (reference.stacks['operando window cell NMC811|Li'] as StackCase).layers[2]!.elements_g_cm3
    const got = stack.layers[0]!.elements
    const names = Object.keys(wanted)
    expectClose(
      names.map(element => got[element]!),
      names.map(element => wanted[element]!),
      { rtol: 2e-3 },
    )
  })
})
