import { createFft, loadKernels, loadKernelsSync } from 'operando/numeric'
import { afterEach, describe, expect, it, vi } from 'vitest'

const x = Float64Array.from({ length: 256 }, (_, i) => Math.sin(i))

describe('loadKernels, loadKernelsSync', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('give kernels that do the same', async () => {
    const there = createFft(128, { kernels: await loadKernels() }).forward(x)
    expect(createFft(128, { kernels: loadKernelsSync() }).forward(x)).toEqual(there)
  })

  it('give plain data that survives a structured clone, as it must to reach a worker', async () => {
    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise<MessageEvent>(resolve => {
      port2.onmessage = resolve
    })
    port1.postMessage(loadKernelsSync())
    const kernels = (await arrived).data
    port1.close()
    expect(createFft(128, { kernels }).forward(x)).toEqual(createFft(128, { kernels: loadKernelsSync() }).forward(x))
  })

  it('say so where WebAssembly is missing or forbidden, and name the way out', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    await expect(loadKernels()).rejects.toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringContaining('kernels option'),
    })
    expect(() => loadKernelsSync()).toThrow(/kernels option/)
  })

  it('let thousands of plans live side by side, each with a memory of its own', () => {
    const kernels = loadKernelsSync()
    const plans = Array.from({ length: 2000 }, () => createFft(64, { kernels }))
    const want = plans[0]!.forward(x.slice(0, 128))
    expect(plans.every(plan => plan.forward(x.slice(0, 128))[1] === want[1])).toBe(true)
  })
})
