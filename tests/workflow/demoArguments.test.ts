import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { configOf, UsageError } from '../../examples/demo/arguments.js'
import { SIMULATED } from '../../examples/demo/simulated.js'
import { K_ALPHA } from '../../src/scattering/index.js'
import { expectClose } from '../matchers.js'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'operando-demo-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const command = (args: readonly string[]): string[] => [
  '--conditions=operando-source',
  '--import',
  'tsx',
  join(root, 'examples/demo.ts'),
  ...args,
]

function demo(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, command(args), { cwd: root, encoding: 'utf8' })
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

describe('Ctrl-C', () => {
  it('stops the demo with a sentence, the usual status, and no half report', async () => {
    const out = join(folder, 'interrupted')
    const child = spawn(process.execPath, command(['--out', out]), { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (text.includes('reading')) child.kill('SIGINT')
    })
    const status = await new Promise(done => child.on('close', done))
    expect(stderr).toMatch(/Stopped: no report was written\./)
    expect(status).toBe(130)
    expect(existsSync(out)).toBe(false)
  }, 60_000)
})

describe('the arguments of the demo', () => {
  it.each([
    [['--wavelength', '0.8'], /--wavelength needs a folder/],
    [['frames', '--wavelength', 'long'], /--wavelength long: a number expected/],
    [['frames', '--range', '5'], /--range 5: 2 numbers with a comma/],
    [['frames', '--range', '9,5'], /the first number must be the smaller/],
    [['frames', '--axis', 'k'], /--axis k: twoTheta, q or d expected/],
    [['frames', '--colour', 'red'], /--colour is not known\. Known are --match, .*--wavelength.*--help/],
    [['frames', '-x'], /-x is not known/],
    [['frames', '--doublet', 'Zn'], /--doublet Zn: Cr, Fe, Co, Cu, Mo or Ag expected/],
    [['frames', '--doublet', 'Cu', '--wavelength', '1.54'], /--doublet tells the wavelength/],
    [['frames', '--current-sign', 'plus'], /--current-sign plus: oxidation, reduction or from-potential expected/],
    [['frames', '--start', 'yesterday'], /--start 'yesterday'/],
    [['frames', '--q-range', '1,3'], /--q-range 1,3 needs --wavelength or --doublet/],
    [['frames', '--q-range', '1,30', '--wavelength', '1'], /0 to 12\.57 1\/Å can be seen with 1 Å/],
    [['frames', '--q-range', '1,3', '--range', '1,3', '--wavelength', '1'], /give one of them/],
    [['frames', '--wavelength'], /--wavelength/],
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
    expect(config.output).toMatch(/operando-report-frames$/)
    expect(config.overwrite).toBeUndefined()
    expect(config.lines).toEqual([{ name: '12–13°', range: [12, 13] }])
  })
  it('tell the tube, the sign of the current, when the first frame began, and a range in q', () => {
    const config = configOf(
      'frames --doublet cu --q-range 1,4 --current-sign reduction --start 2024-03-05T14:30:00+01:00 --exposure 30 --interval 60 --grid'.split(
        ' ',
      ),
    )!
    expect(config.doublet).toBe(K_ALPHA.Cu)
    // Bragg: q = 4 pi sin(theta) / lambda
    expectClose(
      config.range!.map(angle => ((4 * Math.PI) / 1.5405929) * Math.sin((angle * Math.PI) / 360)),
      [1, 4],
      { rtol: 1e-12 },
    )
    expect(config.openElectrochemistry!.currentSign).toBe('reduction')
    expect(config.open).toMatchObject({ grid: 'first', start: { seconds: Date.UTC(2024, 2, 5, 13, 30) / 1000 } })
    expect(config).toMatchObject({ exposure: 30, interval: 60 })
  })

  it('let the demo replace its own report, and no other', () => {
    expect(configOf([])!.overwrite).toBe(true)
    expect(configOf(['--out', 'mine'])!.overwrite).toBe(false)
    expect(configOf(['--out', 'mine', '--overwrite'])!.overwrite).toBe(true)
    expect(configOf(['frames', '--overwrite'])!.overwrite).toBe(true)
  })
})
