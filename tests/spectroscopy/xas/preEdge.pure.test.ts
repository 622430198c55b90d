import { createRandom } from 'operando/numeric'
import { createPreEdge, preEdge } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/spectroscopy/xasReduction.json'

const energy = Float64Array.from(reference.energy)
const mu = Float64Array.from(reference.mu)
const every7 = (curve: Float64Array): Float64Array => curve.filter((_, i) => i % 7 === 0)

describe('preEdge', () => {
  it.each(reference.normal)(
    'gives the step and the curves of Larch, case %#',
    ({ parameters, edge_step, norm, pre_edge, post_edge }) => {
      const ours = preEdge(energy, mu, parameters)
      expectClose(ours.edgeStep, edge_step, { rtol: 1e-9, peer: reference.peer })
      expectClose(every7(ours.norm), norm, { atol: 1e-9, peer: reference.peer })
      expectClose(every7(ours.preEdge), pre_edge, { atol: 1e-9, peer: reference.peer })
      expectClose(every7(ours.postEdge), post_edge, { atol: 1e-9, peer: reference.peer })
    },
  )

  it('does not depend on the scale of mu, nor on a line added to it', () => {
    const options = { e0: 7112, pre1: -120, pre2: -30, norm1: 60, norm2: 500, nnorm: 2 }
    const one = preEdge(energy, mu, options)
    const two = preEdge(
      energy,
      mu.map((v, i) => 37 * v + 4 - 0.01 * energy[i]!),
      options,
    )
    expectClose(two.norm, one.norm, { atol: 1e-10 })
    expectClose(two.flat, one.flat, { atol: 1e-10 })
    expectClose(two.edgeStep, 37 * one.edgeStep, { rtol: 1e-10 })
  })

  it('flattens above E0 only, where norm and flat meet', () => {
    const { flat, norm, e0 } = preEdge(energy, mu, { e0: 7112, nnorm: 2 })
    const edge = energy.findIndex(e => e >= e0)
    expect(flat.slice(0, edge)).toEqual(norm.slice(0, edge))
    expect(Math.abs(flat[edge]! - norm[edge]!)).toBeLessThan(1e-3)
    const tail = energy.findIndex(e => e > 7500)
    expect(Math.max(...flat.slice(tail).map(v => Math.abs(v - 1)))).toBeLessThan(0.03)
  })

  it('tells a standard error of the step that covers its scatter from noise to noise', () => {
    const { normal } = createRandom(3)
    const grid = Float64Array.from({ length: 300 }, (_, i) => 7000 + 2 * i)
    const options = { e0: 7112, pre1: -100, pre2: -30, norm1: 60, norm2: 450, nnorm: 1, nvict: 1 }
    const runs = Array.from({ length: 200 }, () =>
      preEdge(
        grid,
        grid.map(e => 0.2 + (e > 7112 ? 1 : 0) + 0.01 * normal()),
        options,
      ),
    )
    const mean = runs.reduce((sum, run) => sum + run.edgeStep, 0) / runs.length
    const scatter = Math.sqrt(runs.reduce((sum, run) => sum + (run.edgeStep - mean) ** 2, 0) / (runs.length - 1))
    const told = runs.reduce((sum, run) => sum + run.edgeStepSigma, 0) / runs.length
    expectClose(told, scatter, { rtol: 0.15 })
  })

  it('gives in a series what it gives for one spectrum', () => {
    const plan = createPreEdge(energy, { e0: 7112 })
    const norm = new Float64Array(energy.length)
    const one = preEdge(energy, mu, { e0: 7112 })
    expect(plan.normalize(mu, norm)).toBe(one.edgeStep)
    expect(norm).toEqual(one.norm)
  })

  it('takes a constant where too few points lie below the edge, and says so', () => {
    const from = energy.findIndex(e => e > 7095)
    const { ranges, warnings } = preEdge(energy.subarray(from), mu.subarray(from), { e0: 7112, pre1: -20, pre2: -16.5 })
    expect(ranges.npre).toBe(0)
    expect(warnings.map(w => w.code)).toContain('W_SHORT_PRE_EDGE')
  })

  it('takes names of Larch and Athena with a hint, and refuses what nobody knows', () => {
    const named = preEdge(energy, mu, { bkg_e0: 7112, bkg_pre1: -100, step: 2 } as object)
    expect(named.ranges.pre1).toBe(-100)
    expect(named.edgeStep).toBe(2)
    expect(named.warnings.filter(w => w.code === 'W_FOREIGN_NAME')).toHaveLength(3)
    expect(errorText(() => preEdge(energy, mu, { prel: -100 } as object))).toMatch(/'pre1' was probably meant/)
  })

  it('refuses ranges outside the data, saying which, and steps that fall', () => {
    const call = (options: object, values = mu) => errorText(() => preEdge(energy, values, { e0: 7112, ...options }))
    expect(call({ pre1: -400, pre2: -300 })).toMatch(/E_RANGE pre2 = -300 lies outside the data, which reach from -150\.0/)
    expect(call({ norm1: 2000, norm2: 3000 })).toMatch(/E_RANGE norm1 = 2000 lies outside/)
    expect(call({ norm1: 300, norm2: 310, nnorm: 5 })).toMatch(/E_RANGE The post-edge range, 300 to 310 eV.*degree 5 needs 6/)
    expect(call({ nnorm: 7 })).toMatch(/E_RANGE nnorm is 7/)
    expect(call({ e0: 6000 })).toMatch(/E_RANGE e0 is 6000: an energy within the data/)
    expect(
      call(
        {},
        mu.map(v => -v),
      ),
    ).toMatch(/E_RANGE The edge step at 7112\.00 eV is -1\.\d+: mu falls at the edge\. Are I0 and I1 swapped/)
    expect(call({ defaults: 'athena' })).toMatch(/E_ARGUMENT defaults is/)
  })
})
