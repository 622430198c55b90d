import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildKernel, generatedPath, kernelNames } from '../../../scripts/build-kernels.mjs'

const hasCompiler = existsSync(resolve(import.meta.dirname, '../../../node_modules/assemblyscript'))
if (!hasCompiler) process.stderr.write('SKIPPED: rebuild of the WebAssembly kernels, assemblyscript is not installed.\n')

describe.skipIf(!hasCompiler)('the committed WebAssembly kernels', () => {
  it.each(kernelNames)('%s are what their source builds to, byte for byte (else: npm run kernels)', async name => {
    expect(await buildKernel(name)).toBe(readFileSync(generatedPath(name), 'utf8'))
  })
})
