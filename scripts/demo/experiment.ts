// The simulated experiment: a blend of LiFePO4 (two-phase) and LiNi0.6Mn0.2Co0.2O2 (solid solution) against Li, charged and discharged in the beam.
// State of charge decides everything; the truth beside the data is exactly what is computed here.

/** Hours of the programme: rest, charge, rest, discharge, rest. */
const REST = 0.4
const CHARGE = 6
const DISCHARGE = 5.6
/** When each step of the programme ends, in hours. */
export const STEP_ENDS_HOURS: readonly number[] = [
  REST,
  REST + CHARGE,
  2 * REST + CHARGE,
  2 * REST + CHARGE + DISCHARGE,
  3 * REST + CHARGE + DISCHARGE,
]
/** End of the programme in hours. */
export const PROGRAMME_HOURS: number = STEP_ENDS_HOURS[4]!
/** Current while cycling in mA. */
export const CURRENT_MA = 0.35
/** Share of the charge that LiFePO4 takes before the layered oxide begins. */
const OLIVINE_SHARE = 0.45

/** Where the cell stands at one moment. */
export interface CellState {
  /** Step of the programme, 0 to 4. */
  readonly step: number
  /** Current in mA, + = oxidation. */
  readonly current: number
  /** Cell voltage in V. */
  readonly voltage: number
  /** Net charge in mA h. */
  readonly charge: number
  /** Mole fraction FePO4 / (LiFePO4 + FePO4). */
  readonly fractionFePO4: number
  /** Li in Li_x(Ni0.6Mn0.2Co0.2)O2. */
  readonly xNmc: number
}

/** Smooth ramp: 0 below 0, the identity in between, 1 above 1, rounded over `width`. */
function softClamp(x: number, width: number): number {
  const soft = (y: number): number => width * Math.log1p(Math.exp(y / width))
  // rounding may leave it a bit outside
  return Math.min(1, Math.max(0, soft(x) - soft(x - 1)))
}

function equilibriumVoltage(q: number): number {
  const olivine = 3.43 - 0.25 * Math.exp(-q / 0.008)
  const s = Math.max(0, (q - OLIVINE_SHARE) / (1 - OLIVINE_SHARE))
  const oxide = 3.66 + 0.2 * Math.sqrt(s) + 0.36 * s + 0.1 * s ** 8
  const mix = 1 / (1 + Math.exp(-(q - OLIVINE_SHARE) / 0.006))
  return olivine * (1 - mix) + oxide * mix
}

/**
 * State of the cell.
 * @param hours Time since the start of the programme.
 */
export function cellState(hours: number): CellState {
  const ends = STEP_ENDS_HOURS
  const found = ends.findIndex(end => hours < end)
  const step = found < 0 ? 4 : found
  const charged = Math.min(Math.max(hours - ends[0]!, 0), CHARGE)
  const discharged = Math.min(Math.max(hours - ends[2]!, 0), DISCHARGE)
  const soc = (charged - discharged) / CHARGE
  const sign = step === 1 ? 1 : step === 3 ? -1 : 0
  // after a current is switched off or on, the polarisation relaxes within minutes
  const since = hours - (step === 0 ? 0 : ends[step - 1]!)
  const relax = 1 - Math.exp(-since / 0.05)
  const before = step === 2 ? 1 : step === 4 ? -1 : 0
  const polarisation = 0.035 * (sign * relax + before * (1 - relax))
  return {
    step,
    current: sign * CURRENT_MA,
    voltage: equilibriumVoltage(soc) + polarisation,
    charge: (charged - discharged) * CURRENT_MA,
    fractionFePO4: softClamp(soc / OLIVINE_SHARE, 0.02),
    xNmc: 1 - 0.58 * softClamp((soc - OLIVINE_SHARE) / (1 - OLIVINE_SHARE), 0.02),
  }
}

/**
 * Cell edges of Li_x(Ni0.6Mn0.2Co0.2)O2: a shrinks as the metal oxidises, c grows as the layers repel and then collapses.
 * @param x Li content.
 * @returns a and c in Å.
 */
export function nmcCell(x: number): { a: number; c: number } {
  const y = 1 - x
  return { a: 2.87 - 0.118 * y + 0.052 * y * y, c: 14.22 + 0.72 * y - 0.62 * y * y }
}
