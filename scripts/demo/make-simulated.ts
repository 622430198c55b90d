// Writes examples/data/simulated-lfp/: the frames, the potentiostat's file and the truth beside them. Deterministic: a test makes them again.
// Run: npm run simulate
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRandom } from '../../src/numeric/index.js'
import { cellState } from './experiment.js'
import { type DemoPhases, expectedCounts, INSTRUMENT, oxideCell, TWO_THETA, WAVELENGTH } from './frames.js'
import { POTENTIOSTAT_CLOCK, potentiostatText, STARTS } from './potentiostat.js'
import { type Exposure, schedule } from './schedule.js'

/** The folder that ships with the repository. */
export const SIMULATED_FOLDER: string = resolve(import.meta.dirname, '../../examples/data/simulated-lfp')
const SEED = 20260329
const START_MS = Date.parse(`${STARTS.beamline.replace(' ', 'T')}Z`)

const stamp = (seconds: number): string => new Date(START_MS + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')

function frameText(exposure: Exposure, counts: ArrayLike<number>): string {
  const lines = [
    '# SIMULATED pattern, see README.md beside this folder',
    '# sample: LiFePO4 + LiNi0.6Mn0.2Co0.2O2 against Li',
    `# wavelength (A) = ${WAVELENGTH}`,
    `# start time = ${stamp(exposure.start)}`,
    `# exposure (s) = ${exposure.length}`,
    '# 2theta (deg)  I (counts)',
  ]
  for (let i = 0; i < TWO_THETA.length; i++) lines.push(`${TWO_THETA[i]!.toFixed(2)} ${counts[i]}`)
  return `${lines.join('\n')}\n`
}

function truthText(exposures: readonly Exposure[]): string {
  const lines = ['frame,time_s,exposure_s,voltage_V,current_mA,charge_mAh,fraction_FePO4,x_NMC622,a_NMC622_A,c_NMC622_A']
  exposures.forEach(({ start, length }, frame) => {
    const middle = start + length / 2
    const state = cellState(middle / 3600)
    const cell = oxideCell(middle)
    const numbers = [state.voltage, state.current, state.charge, state.fractionFePO4, state.xNmc, cell.a, cell.c]
    lines.push([frame + 1, start, length, ...numbers.map(v => v.toFixed(6))].join(','))
  })
  return `${lines.join('\n')}\n`
}

/** All files of the simulated experiment by path below its folder. `phases.json`, which they are made from, stands there already. */
export function simulatedFiles(): Map<string, string> {
  const { phases } = JSON.parse(readFileSync(join(SIMULATED_FOLDER, 'phases.json'), 'utf8')) as { phases: DemoPhases }
  const exposures = schedule()
  const files = new Map<string, string>()
  exposures.forEach((exposure, i) => {
    // a stream a frame: a change of one leaves the others as they are
    const random = createRandom(SEED, i)
    const counts = Array.from(expectedCounts(exposure, phases), expected => random.poisson(expected))
    files.set(`frames/lfp_nmc_${String(i + 1).padStart(3, '0')}.xy`, frameText(exposure, counts))
  })
  const reading = createRandom(SEED, exposures.length)
  files.set(
    'lfp_nmc_GCPL.mpt',
    potentiostatText(() => reading.normal(0, 1.5e-4)),
  )
  files.set('truth.csv', truthText(exposures))
  const truth = {
    note: 'SIMULATED. Beamline seconds = start of the record by its own clock + offset + rate * t.',
    clock: { ...POTENTIOSTAT_CLOCK, potentiostatStart: STARTS.potentiostat, beamlineStart: STARTS.beamline },
    wavelength: WAVELENGTH,
    zero: INSTRUMENT.zero,
    cells: { LiFePO4: phases.LiFePO4.cell, FePO4: phases.FePO4.cell, Cu: phases.Cu.cell },
  }
  files.set('truth.json', `${JSON.stringify(truth, undefined, 2)}\n`)
  return files
}

function write(): void {
  rmSync(join(SIMULATED_FOLDER, 'frames'), { recursive: true, force: true })
  mkdirSync(join(SIMULATED_FOLDER, 'frames'), { recursive: true })
  const files = simulatedFiles()
  let bytes = 0
  for (const [name, text] of files) {
    writeFileSync(join(SIMULATED_FOLDER, name), text)
    bytes += text.length
  }
  console.log(`${files.size} files, ${(bytes / 1e3).toFixed(0)} kB in ${SIMULATED_FOLDER}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) write()
