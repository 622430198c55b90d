import { createFft, createFft2, loadKernels } from 'operando/numeric'
import { loadKernelsSync } from 'operando/numeric/sync'
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

  it('let thousands of plans live side by side in a few memories, none disturbing another', () => {
    const kernels = loadKernelsSync()
    const plans = Array.from({ length: 3000 }, (_, i) => createFft2(8 + (i % 3), 16, { kernels }))
    for (const [i, plan] of plans.entries()) plan.buffer.fill(i)
    const columns = Array.from({ length: 2000 }, () => createFft(64, { kernels }))
    const want = columns[0]!.forward(x.slice(0, 128))
    expect(columns.every(plan => plan.forward(x.slice(0, 128))[1] === want[1])).toBe(true)
    // the sum stands in bin 0, and zeros behind it
    for (const plan of plans) plan.forward(plan.buffer, plan.buffer)
    expect(plans.every(({ buffer, rows }, i) => buffer[0] === i * rows * 16 && buffer[4] === 0)).toBe(true)
    expect(new Set(plans.map(plan => plan.buffer.buffer)).size).toBeLessThan(10)
  })

  it('find room for plans that are larger than the memories shared by small ones', () => {
    const kernels = loadKernelsSync()
    const sizes = [8, 512, 16, 1024, 64, 512, 2048, 32, 128]
    const plans = sizes.map(n => createFft2(n, n, { kernels }))
    for (const [i, plan] of plans.entries()) plan.buffer.fill(i + 1)
    for (const plan of plans) plan.forward(plan.buffer, plan.buffer)
    expect(plans.map(plan => plan.buffer[0])).toEqual(sizes.map((n, i) => (i + 1) * n * n))
  })

  it('may be made and thrown away without end', () => {
    const kernels = loadKernelsSync()
    for (let i = 0; i < 3000; i++) createFft2(128, 128, { kernels }).buffer.fill(1, 0, 1)
    expect(createFft2(2, 2, { kernels }).forward(Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0))[0]).toBe(4)
  })

  it('hand out memory that is zero: a module brings no data of its own, which could lie on a plan', () => {
    for (const module of Object.values(loadKernelsSync())) {
      const memory = new WebAssembly.Memory({ initial: 2, maximum: 2 })
      expect(new WebAssembly.Instance(module, { env: { memory } })).toBeDefined()
      expect(new Uint8Array(memory.buffer).every(byte => byte === 0)).toBe(true)
    }
  })

  it('say how much memory cannot be had', () => {
    const kernels = loadKernelsSync()
    expect(() => createFft2(2 ** 14, 2 ** 15, { kernels })).toThrow(/bytes of kernel memory cannot be had.*kernels option/)
  })
})
