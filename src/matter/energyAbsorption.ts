import { ELECTRON_REST_ENERGY, elementSymbol, OperandoError } from '../core/index.js'
import type { PiecewiseCubic } from '../numeric/index.js'
import { type Edge, edges } from './edges.js'
import { type ElamCurves, readElam } from './elam.js'
import { type EmissionLine, emissionLines } from './emissionLines.js'
import { logLogCurve, sumLogLog } from './logLog.js'
import { unpackColumns } from './unpack.js'

/** How mass energy absorption is had from Elam's tables. */
export const ENERGY_ABSORPTION_SOURCE =
  'photoabsorption less fluorescence, incoherent scattering times the recoil of Klein and Nishina, from Elam, Ravel & Sieber (2002), xraydb 4.4.7'

/** Where the numbers of {@link readXraylibEnergyAbsorption} come from. */
export const XRAYLIB_SOURCE = 'CS_Energy of xraylib 4.0.0, whose coefficients of light elements are wrong (issue 176 of xraylib)'

/** What {@link createEnergyAbsorption} gives: the kernel, and the curves that bound its range. */
export interface EnergyAbsorption {
  /** Photoabsorption and incoherent scattering. */
  readonly curves: readonly PiecewiseCubic[]
  /** The kernel, cm²/g. */
  readonly fill: (energies: Float64Array, out: Float64Array) => void
}

/**
 * Mass energy absorption of an element from the cross sections, yields and lines of Elam: what photons leave as kinetic energy of electrons. Photoabsorption counts
 * less the mean energy that leaves as fluorescence (with the cascade of lines, without holes that Auger decays leave); incoherent scattering counts with the mean
 * recoil of a free electron. Bremsstrahlung of the electrons (below 1 % up to 150 keV) is not taken off.
 * @param number Atomic number, 1 to 98.
 * @see Seltzer, Radiat. Res. 136 (1993) 147
 */
export async function createEnergyAbsorption(number: number): Promise<EnergyAbsorption> {
  const symbol = elementSymbol(number)
  const [{ photo, incoherent }, levels, lines] = await Promise.all([readElam(number), edges(symbol), emissionLines(symbol)])
  const { thresholds, emitted } = fluorescenceSteps(levels, lines)
  return {
    curves: [photo, incoherent],
    fill: (energies, out) => fillEnergyAbsorption({ photo, incoherent }, thresholds, emitted, energies, out),
  }
}

function fillEnergyAbsorption(
  { photo, incoherent }: Pick<ElamCurves, 'photo' | 'incoherent'>,
  thresholds: Float64Array,
  emitted: Float64Array,
  energies: Float64Array,
  out: Float64Array,
): void {
  const recoil = new Float64Array(energies.length)
  sumLogLog([incoherent], energies, recoil)
  sumLogLog([photo], energies, out)
  for (let k = 0; k < energies.length; k++) {
    const energy = energies[k]!
    let step = 0
    while (step < thresholds.length && energy >= thresholds[step]!) step++
    out[k] = out[k]! * (1 - emitted[step]! / energy) + recoil[k]! * recoilFraction(energy)
  }
}

/** Mean energy that leaves as fluorescence after one absorption, eV: a step at each edge. `emitted[i]` holds below `thresholds[i]`. */
function fluorescenceSteps(
  levels: readonly Edge[],
  lines: readonly EmissionLine[],
): { readonly thresholds: Float64Array; readonly emitted: Float64Array } {
  const byLevel = new Map(levels.map(level => [level.level, level]))
  /** Mean energy of photons after a hole in a level, with those of the holes that its lines leave. */
  const afterHole = (level: string): number => {
    // 'M4,5' of the tables of lines: the first has the yield
    const yieldOf = byLevel.get(level.split(',')[0]!)?.fluorescenceYield ?? 0
    if (yieldOf === 0) return 0
    const from = lines.filter(line => line.initialLevel === level)
    return yieldOf * from.reduce((sum, line) => sum + line.intensity * (line.energy + afterHole(line.finalLevel)), 0)
  }
  const jumping = levels.filter(level => level.jumpRatio > 1).sort((a, b) => a.energy - b.energy)
  const emitted = [0]
  for (const { level, jumpRatio } of jumping) {
    // of the absorption above an edge, 1 / jump ratio goes on as below
    emitted.push(emitted.at(-1)! / jumpRatio + (1 - 1 / jumpRatio) * afterHole(level))
  }
  return {
    // the table of cross sections has ln(energy) to six digits: step where it steps
    thresholds: Float64Array.from(jumping, ({ energy }) => Math.exp(Number(Math.log(energy).toPrecision(6)))),
    emitted: Float64Array.from(emitted),
  }
}

/** Nodes and weights of Gauss and Legendre on [0, 1], 8 points: right to 1e-6 at 500 keV, to 1e-4 at 1 MeV. */
const NODES = [0.01985507175123188, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751]
const WEIGHTS = [0.05061426814518813, 0.11119051722668724, 0.15685332293894363, 0.18134189168918097]

/**
 * Mean part of a photon's energy that a free electron at rest takes over when it scatters the photon.
 * @param energy eV.
 * @see Klein & Nishina, Z. Phys. 52 (1929) 853
 */
export function recoilFraction(energy: number): number {
  const alpha = energy / ELECTRON_REST_ENERGY
  let cross = 0
  let transfer = 0
  for (let i = 0; i < 8; i++) {
    const t = i < 4 ? NODES[i]! : 1 - NODES[i - 4]!
    // u = 1 - cos of the angle, 0 to 2
    const u = 2 * t
    const left = 1 / (1 + alpha * u)
    const density = WEIGHTS[i % 4]! * left * left * (left + 1 / left - u * (2 - u))
    cross += density
    transfer += density * (1 - left)
  }
  return transfer / cross
}

/**
 * Mass energy absorption as xraylib has it, ln(cm²/g) over ln(eV), 1 keV to 1 MeV.
 * @param number Atomic number, 1 to 92.
 * @throws OperandoError `E_MISSING` beyond uranium.
 */
export async function readXraylibEnergyAbsorption(number: number): Promise<PiecewiseCubic> {
  if (number > 92)
    throw new OperandoError(
      'E_MISSING',
      `The energy absorption of xraylib ends at U; ${elementSymbol(number)} has it with { table: 'elam' }.`,
    )
  const { ENERGY_ABSORPTION } = await import('./tables/energyAbsorption.generated.js')
  const [logKeV, values, bends] = unpackColumns(ENERGY_ABSORPTION[number - 1]!)
  const toEV = Math.log(1000)
  return logLogCurve(
    logKeV!.map(v => v + toEV),
    values!,
    bends!,
  )
}
