import { fork, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'

/** One side of a comparison: runs calls, tells the process time of one, s. */
export interface Side {
  run(calls: number): Promise<number>
  close(): void
}

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

const builtFolder = pathOf('../../node_modules/.cache/bench-peers/')

/**
 * Builds our side as an application would, for plain Node: where tsx loads a CommonJS package, V8 takes every typed array for one that may be
 * detached, and loops over them take up to twice as long.
 */
export async function buildOurs(): Promise<void> {
  await build({
    config: false,
    silent: true,
    entry: { ours: pathOf('ours.ts') },
    outDir: builtFolder,
    format: 'esm',
    target: 'node20',
    noExternal: [/^operando/],
    esbuildOptions(options) {
      options.conditions = ['operando-source']
    },
  })
}

/** Our side of a pair, in a fresh process, as {@link buildOurs} built it. */
export function startOurs(pair: number): Side {
  const child = fork(`${builtFolder}ours.js`, [String(pair)], { execArgv: [] })
  let settle: { resolve(seconds: number): void; reject(error: Error): void } | undefined
  child.on('message', seconds => settle?.resolve(seconds as number))
  child.on('exit', code => settle?.reject(new Error(`our side of pair ${pair} ended with code ${code}`)))
  return {
    run: calls =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        child.send(calls)
      }),
    close: () => child.disconnect(),
  }
}

const oneThread = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  NUMEXPR_NUM_THREADS: '1',
  // these change which of its kernels OpenBLAS runs
  OPENBLAS_CORETYPE: undefined,
  OPENBLAS_L2_SIZE: undefined,
}

/**
 * The peer's side of a case, in a fresh process with one thread.
 * @param name Of the case in peers.py.
 * @returns The side and the peer's name, or why there is none.
 */
export async function startPeer(
  name: string,
): Promise<{ readonly side: Side; readonly peer: string } | { readonly missing: string }> {
  const python = process.env.PYTHON ?? '/usr/bin/python3'
  const child = spawn(python, [pathOf('peers.py')], { env: { ...process.env, ...oneThread }, stdio: ['pipe', 'pipe', 'pipe'] })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const errors: string[] = []
  child.stderr.on('data', chunk => errors.push(String(chunk)))
  child.on('error', error => errors.push(error.message))
  // a process that is gone shows in the missing answer
  child.stdin.on('error', () => undefined)
  const ask = async (line: string): Promise<Record<string, unknown>> => {
    child.stdin.write(`${line}\n`)
    const { value, done } = await lines.next()
    if (done) return { missing: errors.join('').trim().split('\n').at(-1) ?? 'no answer' }
    return JSON.parse(value) as Record<string, unknown>
  }
  const answer = await ask(`prepare ${name}`)
  if (typeof answer.peer !== 'string') {
    child.kill()
    return { missing: String(answer.missing) }
  }
  const side: Side = {
    run: async calls => (await ask(`run ${name} ${calls}`)).seconds as number,
    close: () => child.stdin.end(),
  }
  return { side, peer: answer.peer }
}
