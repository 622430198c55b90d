// Builds the WebAssembly kernels: src/numeric/wasm/assembly/<name>.ts -> src/numeric/wasm/<name>.generated.ts (base64, committed).
// `npm run kernels` writes them; the test tests/numeric/wasm/build.test.ts calls buildKernel() and compares.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(root, 'src/numeric/wasm')

/** The modules; the other files in assembly/ are parts of them. */
export const kernelNames = ['fft', 'products', 'profiles', 'sparse']

/**
 * No run time, no asserts, memory from outside: what is left are the exported functions, and the same bytes on every machine.
 */
const flags = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--importMemory']

/** Path of the generated module. */
export const generatedPath = name => join(folder, `${name}.generated.ts`)

/** Text of the generated module, built from source. */
export async function buildKernel(name) {
  const { default: asc } = await import('assemblyscript/asc')
  const scratch = await mkdtemp(join(tmpdir(), 'operando-kernels-'))
  try {
    const outFile = join(scratch, `${name}.wasm`)
    const { error, stderr } = await asc.main([
      `${name}.ts`,
      '--baseDir',
      join(folder, 'assembly'),
      '--outFile',
      outFile,
      ...flags,
    ])
    if (error) throw new Error(`${name}.ts does not compile: ${error.message}\n${stderr.toString()}`)
    const base64 = (await readFile(outFile)).toString('base64')
    return `// Built by scripts/build-kernels.mjs from assembly/${name}.ts: do not edit, run \`npm run kernels\`.\nexport const ${name}: string =\n  '${base64}'\n`
  } finally {
    await rm(scratch, { recursive: true })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of kernelNames) {
    const text = await buildKernel(name)
    await writeFile(generatedPath(name), text)
    console.log(`${name}: ${Math.round((text.length * 3) / 4)} bytes`)
  }
}
