import type { CyclingMode } from '../../../model/electrochemistry.js'

/** What a Neware step does. */
export interface StepType {
  /** Name in Neware's software. */
  readonly name: string
  /** How the cell is controlled. */
  readonly mode: CyclingMode
  /** Sign of the current: 1 charge, -1 discharge, 0 either. */
  readonly sign: -1 | 0 | 1
}

const step = (name: string, mode: CyclingMode, sign: StepType['sign'] = 0): StepType => ({ name, mode, sign })

/** Step types by their code in .nda and .ndc files. A step that ends at constant voltage (CCCV) does not tell where its second part begins: its mode is unknown. */
export const STEP_TYPES: Readonly<Record<number, StepType>> = {
  1: step('CC Chg', 'constant-current', 1),
  2: step('CC DChg', 'constant-current', -1),
  3: step('CV Chg', 'constant-voltage', 1),
  4: step('Rest', 'rest'),
  5: step('Cycle', 'unknown'),
  7: step('CCCV Chg', 'unknown', 1),
  8: step('CP DChg', 'unknown', -1),
  9: step('CP Chg', 'unknown', 1),
  10: step('CR DChg', 'unknown', -1),
  13: step('Pause', 'unknown'),
  16: step('Pulse', 'unknown'),
  17: step('SIM', 'unknown'),
  18: step('PCCCV Chg', 'unknown', 1),
  19: step('CV DChg', 'constant-voltage', -1),
  20: step('CCCV DChg', 'unknown', -1),
  21: step('Control', 'unknown'),
  22: step('OCV', 'rest'),
  25: step('Ramp', 'sweep'),
  26: step('CPCV DChg', 'unknown', -1),
  27: step('CPCV Chg', 'unknown', 1),
}

/**
 * mA in one unit of the integers that stand for a current measured in a range, which the file gives in mA. Four decades follow the range, from 1 mA and less
 * to 1 A and more; a negative range is one decade finer. The rule gives what the maker's software shows for all 46 ranges known from public readers.
 * @param range The range as the file has it.
 * @returns `undefined` for a range that no range of an instrument is.
 */
export function currentScale(range: number): number | undefined {
  if (range === 0) return 0
  if (range === -1e8) return 10
  const size = Math.abs(range)
  if (size > 1e6) return undefined
  const decade = Math.min(3, Math.floor(Math.log10(size) + 1e-9))
  return 10 ** (decade - (range < 0 ? 5 : 4))
}
