import { cauchyWavelet, kGrid, type TransformWindow, xftf, xftr } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../../matchers.js'
import reference from '../../../reference/spectroscopy/exafsTransform.json'

const { peer, chi } = reference
const k = kGrid(16)
const largest = (x: ArrayLike<number>): number => Array.from(x).reduce((most, v) => Math.max(most, Math.abs(v)), 0)
const every = (x: Float64Array, stride: number): Float64Array => x.filter((_, i) => i % stride === 0)

describe('the transforms of larch', () => {
  it.each(reference.cases)('are those here for $forward', ({ forward, reverse, ...want }) => {
    const far = xftf(k, chi, { ...forward, window: forward.window as TransformWindow })
    expect(far.r.length).toBe(want.n_r)
    expectClose(far.r[1]!, want.r_step, { rtol: 1e-13, peer })
    expectClose(every(far.kwin, 3), want.kwin, { atol: 1e-12, peer })
    const scale = largest(want.re)
    expectClose(far.re.slice(0, 160), want.re, { atol: 1e-11 * scale, peer })
    expectClose(far.im.slice(0, 160), want.im, { atol: 1e-11 * scale, peer })
    const back = xftr(far, { ...reverse, window: reverse.window as TransformWindow, qmaxOut: 15 })
    expect(back.q.length).toBe(want.n_q)
    expectClose(every(back.re, 6), want.q_re, { atol: 1e-11 * largest(want.q_re), peer })
    expectClose(every(back.im, 6), want.q_im, { atol: 1e-11 * largest(want.q_re), peer })
  })

  it('hold for the Cauchy wavelet', () => {
    const { kweight, rmax_out: rmaxOut, shape, stride, re, im, maximum } = reference.wavelet
    const map = cauchyWavelet(k, chi, { kweight, rmaxOut })
    expect([map.r.length, map.k.length]).toEqual(shape)
    const sparse = (values: Float64Array): Float64Array =>
      values.filter((_, i) => (i % map.k.length) % stride === 0 && Math.floor(i / map.k.length) % stride === 0)
    // the peer sums logarithms for n!, and its first distance is 1e-19
    expectClose(sparse(map.re), re, { atol: 1e-9 * maximum, peer })
    expectClose(sparse(map.im), im, { atol: 1e-9 * maximum, peer })
    expectClose(largest(map.magnitude), maximum, { rtol: 1e-9, peer })
  })
})
