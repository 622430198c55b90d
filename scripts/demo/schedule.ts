// When frames were taken: every ten minutes, twice as often after the turn, a beam dump in the charge. Beamline clock.
import { PROGRAMME_HOURS } from './experiment.js'

/** One exposure, in s of the beamline since the programme of the cell began. */
export interface Exposure {
  /** When it began. */
  readonly start: number
  /** How long it lasted. */
  readonly length: number
}

/** The beam was lost at this hour, and came back at that one. */
export const BEAM_DUMP: readonly [number, number] = [3.05, 3.75]
/** Hours between which frames were taken twice as often. */
const FAST: readonly [number, number] = [6.6, 7.8]
/** The first frame came a few minutes after the start of the programme, the last a few minutes after its end. */
const FIRST_S = 210
const AFTER_END_S = 900

/** All exposures of the run. */
export function schedule(): Exposure[] {
  const exposures: Exposure[] = []
  for (let t = FIRST_S; t < PROGRAMME_HOURS * 3600 + AFTER_END_S; ) {
    const hours = t / 3600
    const fast = hours > FAST[0] && hours < FAST[1]
    const dumped = hours > BEAM_DUMP[0] && hours < BEAM_DUMP[1]
    if (!dumped) exposures.push({ start: t, length: fast ? 30 : 60 })
    t += fast ? 300 : 600
  }
  return exposures
}

/** Intensity of the beam, 1 at the start: it decays with the ring current, and is refilled after the dump. */
export function beam(seconds: number): number {
  const hours = seconds / 3600
  return hours < BEAM_DUMP[0] ? Math.exp(-hours / 40) : 1.06 * Math.exp(-(hours - BEAM_DUMP[1]) / 40)
}
