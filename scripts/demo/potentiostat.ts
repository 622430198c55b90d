// The record of the potentiostat as EC-Lab exports it, kept by a clock of its own.
import { type CellState, CURRENT_MA, cellState, PROGRAMME_HOURS, STEP_ENDS_HOURS } from './experiment.js'

/**
 * How the potentiostat's clock stands to the beamline's: its computer keeps UTC, two hours behind local time, and is 97 s slow; it counts 1 s while
 * the beamline counts 1 + 28e-6.
 */
export const POTENTIOSTAT_CLOCK: { readonly offset: number; readonly rate: number } = { offset: 7297, rate: 1.000028 }
/** What the wall clocks showed when the programme began. */
export const STARTS: { readonly beamline: string; readonly potentiostat: string } = {
  beamline: '2026-03-29 20:00:00',
  potentiostat: '03/29/2026 17:58:23.000',
}
/** A row every so many of its seconds, and one on each side of a step. */
const ROW_EVERY = 60

/** Rows of time by the potentiostat (s), rising. */
function rowTimes(): number[] {
  const end = (PROGRAMME_HOURS * 3600) / POTENTIOSTAT_CLOCK.rate
  const times = new Set<number>()
  for (let t = 0; t < end; t += ROW_EVERY) times.add(t)
  for (const hours of STEP_ENDS_HOURS) {
    const at = (hours * 3600) / POTENTIOSTAT_CLOCK.rate
    // the last row of a step, and the first of the next a tick later
    times.add(at - 0.01)
    if (hours < PROGRAMME_HOURS) times.add(at + 0.01)
  }
  return [...times].sort((a, b) => a - b)
}

const HEADER = [
  '',
  'Galvanostatic Cycling with Potential Limitation',
  '',
  'Run on channel : 1 (SIMULATED)',
  'Comments : SIMULATED by scripts/demo/make-simulated.ts of operando; no cell was cycled',
  `Acquisition started on : ${STARTS.potentiostat}`,
  'Electrode material : LiFePO4 + LiNi0.6Mn0.2Co0.2O2',
  'Electrolyte : LP57',
  `Is : ${CURRENT_MA.toFixed(3)} mA`,
  '',
]
const COLUMNS = ['mode', 'ox/red', 'error', 'Ns', 'time/s', 'Ewe/V', '<I>/mA', '(Q-Qo)/mA.h', 'half cycle']

function rowText(t: number, state: CellState, noise: number): string {
  const rest = state.current === 0
  const fields = [
    rest ? 3 : 1,
    state.current > 0 ? 1 : 0,
    0,
    state.step,
    t.toFixed(3),
    (state.voltage + noise).toFixed(5),
    state.current.toFixed(4),
    state.charge.toFixed(6),
    state.step >= 3 ? 1 : 0,
  ]
  return `${fields.join('\t')}\t`
}

/**
 * The text of the .mpt file.
 * @param noise Gives the noise of a voltage reading in V.
 */
export function potentiostatText(noise: () => number): string {
  const lines = ['EC-Lab ASCII FILE', `Nb header lines : ${HEADER.length + 3}`, ...HEADER, `${COLUMNS.join('\t')}\t`]
  for (const t of rowTimes()) lines.push(rowText(t, cellState((t * POTENTIOSTAT_CLOCK.rate) / 3600), noise()))
  return `${lines.join('\r\n')}\r\n`
}
