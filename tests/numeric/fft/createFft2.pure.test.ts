import { createFft, createFft2, loadKernels } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/fft/fft.json'
import { points, realParts, rms } from './points.js'

/** Rows, then columns, one 1-d transform each: slow and plain. */
function byHand(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(data.length)
  for (let r = 0; r < rows; r++) {
    out.set(createFft(columns).forward(data.slice(2 * r * columns, 2 * (r + 1) * columns)), 2 * r * columns)
  }
  for (let c = 0; c < columns; c++) {
    const column = new Float64Array(2 * rows)
    for (let r = 0; r < rows; r++) column.set(out.subarray(2 * (r * columns + c), 2 * (r * columns + c) + 2), 2 * r)
    const bins = createFft(rows).forward(column)
    for (let r = 0; r < rows; r++) out.set(bins.subarray(2 * r, 2 * r + 2), 2 * (r * columns + c))
  }
  return out
}

const shapes: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 8],
  [8, 1],
  [16, 16],
  [6, 10],
  [10, 6],
  [37, 12],
  [15, 37],
  [64, 32],
  // for the kernels: rows of each remainder of passes, columns that leave a batch unfilled
  [4, 16],
  [8, 18],
  [12, 32],
  [45, 96],
  [1, 64],
  [50, 162],
  // for lines side by side in TypeScript: passes of eight in the middle and behind, long lines, batches left unfilled
  [32, 11],
  [128, 3],
  [5, 512],
]

const kernels = await loadKernels()
const twins = [
  { twin: 'TypeScript', options: {} },
  { twin: 'SIMD kernels', options: { kernels } },
]

describe.each(twins)('createFft2 in $twin', ({ options }) => {
  it('gives what numpy gives for complex and for real images', () => {
    const { rows, columns, fft2, rfft2 } = reference.numpy2d
    const image = points(rows * columns)
    const plan = createFft2(rows, columns, options)
    expectClose(plan.forward(image), fft2, { atol: 1e-14, rtol: 1e-14, peer: 'numpy 1.24.2' })
    expectClose(plan.realForward(realParts(image)), rfft2, { atol: 1e-14, rtol: 1e-14, peer: 'numpy 1.24.2' })
  })

  it('transforms rows and columns of any shape, and back', () => {
    for (const [rows, columns] of shapes) {
      const plan = createFft2(rows, columns, options)
      const x = points(rows * columns)
      const kept = x.slice()
      const spectrum = plan.forward(x)
      expectClose(spectrum, byHand(x, rows, columns), { atol: 1e-13 })
      expectClose(plan.inverse(spectrum), x, { atol: 1e-14 })
      expect(x).toEqual(kept)
      expect(rms(spectrum) / Math.sqrt(rows * columns)).toBeCloseTo(rms(x), 12)
      plan.forward(x, x)
      expect(x).toEqual(spectrum)
    }
  })

  it('keeps the bins 0 to columns / 2 for real images, and takes them back', () => {
    for (const [rows, columns] of shapes) {
      const plan = createFft2(rows, columns, options)
      const x = points(rows * columns)
      for (let i = 1; i < x.length; i += 2) x[i] = 0
      const image = realParts(x)
      const bins = Math.floor(columns / 2) + 1
      const full = plan.forward(x)
      const half = plan.realForward(image)
      for (let r = 0; r < rows; r++) {
        const want = full.slice(2 * r * columns, 2 * (r * columns + bins))
        expectClose(half.slice(2 * r * bins, 2 * (r + 1) * bins), want, { atol: 1e-13 })
      }
      const kept = half.slice()
      expectClose(plan.realInverse(half), image, { atol: 1e-14 })
      expect(half).toEqual(kept)
    }
  })

  it('refuses wrong shapes', () => {
    expect(() => createFft2(4, 0, options)).toThrow(/columns: a whole number/)
    expect(() => createFft2(4, 4, options).forward(new Float64Array(16))).toThrow(/32 values expected/)
    expect(() => createFft2(4, 4, options).realForward(new Float64Array(32))).toThrow(/16 values expected/)
    expect(() => createFft2(4, 4, options).realInverse(new Float64Array(32))).toThrow(/24 values expected/)
  })
})

describe.each(twins)('createFft2 in single precision in $twin', ({ options }) => {
  it('agrees with double precision to a few 1e-7 of the rms bin', () => {
    for (const [rows, columns] of [...shapes, [32, 48], [5, 80], [128, 64]] as const) {
      const x = points(rows * columns)
      const exact = createFft2(rows, columns).forward(x)
      const single = createFft2(rows, columns, { ...options, precision: 'single' })
      const input = Float32Array.from(x)
      const spectrum = single.forward(input)
      expectClose(spectrum, exact, { atol: 1e-6 * rms(exact) })
      expectClose(single.inverse(spectrum), input, { atol: 1e-6 })
      const real = Float32Array.from(realParts(x))
      expectClose(single.realInverse(single.realForward(real)), real, { atol: 1e-6 })
    }
  })
})

describe.each(twins)('the buffer of createFft2 in $twin', ({ options }) => {
  it('is transformed in place without copies, to the same result', () => {
    const plan = createFft2(32, 48, options)
    const x = points(32 * 48)
    const want = plan.forward(x)
    plan.buffer.set(x)
    expect(plan.forward(plan.buffer, plan.buffer)).toBe(plan.buffer)
    expect(plan.buffer).toEqual(want)
  })

  it('is not shared between plans', () => {
    const first = createFft2(8, 16, options)
    const second = createFft2(8, 16, options)
    first.buffer.fill(1)
    second.buffer.fill(2)
    second.forward(second.buffer, second.buffer)
    expect(first.buffer.every(v => v === 1)).toBe(true)
  })
})
