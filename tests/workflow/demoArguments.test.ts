import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { configOf, UsageError } from '../../examples/demo/arguments.js'
import { SIMULATED } from '../../examples/demo/simulated.js'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'operando-demo-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function demo(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const node = ['--conditions=operando-source', '--import', 'tsx', join(root, 'examples/demo.ts'), ...args]
  return spawnSync(process.execPath, node, { cwd: root, encoding: 'utf8' })
}

describe('npm run demo', () => {
  it("takes the user's own folder and finds the lines by itself", () => {
    const { status, stdout, stderr } = demo(
      join(SIMULATED, 'frames'),
      '--echem',
      join(SIMULATED, 'lfp_nmc_GCPL.mpt'),
      '--wavelength',
      '0.8266',
      '--out',
      join(folder, 'own'),
    )
    expect(stderr).not.toContain('Error')
    expect(status).toBe(0)
    expect(stdout).toMatch(/solid solution/)
    expect(stdout).toContain('report.html')
  }, 120_000)

  it('refuses a wrong folder with a sentence, not a stack', () => {
    const { status, stderr } = demo('no-such-folder', '--wavelength', '1', '--out', join(folder, 'refused'))
    expect(status).toBe(1)
    expect(stderr).toMatch(/no-such-folder: no such file or folder/)
    expect(stderr).not.toMatch(/\n {4}at /)
  }, 60_000)
})

describe('the arguments of the demo', () => {
  it.each([
    [['--wavelength', '0.8'], /--wavelength needs a folder/],
    [['frames', '--wavelength', 'long'], /--wavelength long: a number expected/],
    [['frames', '--range', '5'], /--range 5: 2 numbers with a comma/],
    [['frames', '--range', '9,5'], /the first number must be the smaller/],
    [['frames', '--axis', 'k'], /--axis k: twoTheta, q or d expected/],
    [['frames', '--colour', 'red'], /--colour/],
    [['one', 'two'], /One folder expected/],
  ])('%j are refused with a sentence', (args, message) => {
    expect(() => configOf(args)).toThrow(UsageError)
    expect(() => configOf(args)).toThrow(message)
  })

  it('are the simulated experiment, a folder of one’s own, or a call for help', () => {
    expect(configOf([])!.notice).toContain('SIMULATED')
    expect(configOf(['--help'])).toBeUndefined()
    const config = configOf([
      'frames',
      '--echem',
      'a.mpt',
      '--echem',
      'b.mpt',
      '--range',
      '10,20',
      '--line',
      '12,13',
      '--clock=-60',
    ])!
    expect(config).toMatchObject({
      patterns: 'frames',
      electrochemistry: ['a.mpt', 'b.mpt'],
      range: [10, 20],
      clock: { offset: -60 },
    })
    expect(config.lines).toEqual([{ name: '12–13°', range: [12, 13] }])
  })
})
