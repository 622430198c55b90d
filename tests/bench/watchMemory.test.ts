import { describe, expect, it } from 'vitest'
import { watchMemory } from '../../bench/harness/watchMemory.js'

describe('watchMemory', () => {
  it('finds out a kernel that allocates 20 kB a call', async () => {
    let kept: unknown
    const kernel = (): void => {
      kept = Array.from({ length: 2500 }, (_, i) => i)
    }
    expect((await watchMemory(kernel, { calls: 1000 })).collections).toBeGreaterThan(0)
    expect(kept).toBeDefined()
  })

  it('finds out a kernel that makes a typed array a call, whose values lie outside the heap', async () => {
    let kept: unknown
    const kernel = (): void => {
      kept = new Float64Array(100)
    }
    const { bufferBytes, collections } = await watchMemory(kernel, { seconds: 0 })
    expect(collections > 0 || bufferBytes > 700).toBe(true)
    expect(kept).toBeDefined()
  })

  it('finds nothing in a kernel that writes into arrays it was given', async () => {
    const x = new Float64Array(2000).fill(1)
    const out = new Float64Array(2000)
    const kernel = (): void => {
      for (let i = 0; i < x.length; i++) out[i] = Math.sqrt(x[i]! + i)
    }
    for (let i = 0; i < 1000; i++) kernel()
    const uses = [await watchMemory(kernel), await watchMemory(kernel), await watchMemory(kernel)]
    expect(Math.min(...uses.map(use => use.collections))).toBe(0)
    expect(Math.min(...uses.map(use => use.bufferBytes))).toBe(0)
  })
})
