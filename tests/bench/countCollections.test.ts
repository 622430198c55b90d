import { describe, expect, it } from 'vitest'
import { countCollections } from '../../bench/harness/countCollections.js'

describe('countCollections', () => {
  it('finds out a kernel that allocates 20 kB a call', async () => {
    let kept: unknown
    const kernel = (): void => {
      kept = Array.from({ length: 2500 }, (_, i) => i)
    }
    expect(await countCollections(kernel, { calls: 1000 })).toBeGreaterThan(0)
    expect(kept).toBeDefined()
  })

  it('finds out a kernel that makes a typed array a call, whose values lie outside the heap', async () => {
    let kept: unknown
    const kernel = (): void => {
      kept = new Float64Array(4000)
    }
    expect(await countCollections(kernel, { calls: 5000 })).toBeGreaterThan(0)
    expect(kept).toBeDefined()
  })

  it('finds nothing in a kernel that writes into arrays it was given', async () => {
    const x = new Float64Array(2000).fill(1)
    const out = new Float64Array(2000)
    const kernel = (): void => {
      for (let i = 0; i < x.length; i++) out[i] = Math.sqrt(x[i]! + i)
    }
    for (let i = 0; i < 1000; i++) kernel()
    const counts = [await countCollections(kernel), await countCollections(kernel), await countCollections(kernel)]
    expect(Math.min(...counts)).toBe(0)
  })
})
