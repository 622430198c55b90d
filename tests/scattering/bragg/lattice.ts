import {
  cellVolume,
  createUnitCell,
  type Hkl,
  reflections,
  type SpaceGroup,
  spaceGroup,
  type UnitCell,
} from '../../../src/index.js'
import { type Doublet, type LineWidthParameters, lineWidths, sumPseudoVoigts } from '../../../src/scattering/index.js'

/** A phase whose lines are of known strength. */
export interface KnownPhase {
  readonly name: string
  readonly cell: UnitCell
  readonly spaceGroup: SpaceGroup
  readonly widths: LineWidthParameters
  readonly strength: number
}

export interface KnownLine {
  readonly hkl: Hkl
  readonly intensity: number
  readonly twoTheta: number
}

export function known(
  name: string,
  cell: Parameters<typeof createUnitCell>[0],
  group: string,
  widths: LineWidthParameters,
  strength: number,
): KnownPhase {
  return { name, cell: createUnitCell(cell), spaceGroup: spaceGroup(group), widths, strength }
}

/** Lines of a phase by Bragg's law, with intensities that differ. */
export function linesOf(
  phase: KnownPhase,
  wavelength: number,
  shift: (theta: number) => number,
  twoThetaMax: number,
): KnownLine[] {
  const list = reflections(phase.cell, phase.spaceGroup, { wavelength, twoThetaMax })
  return Array.from({ length: list.count }, (_, i): KnownLine => {
    const theta = Math.asin(wavelength / (2 * list.d[i]!))
    return {
      hkl: [list.hkl[3 * i]!, list.hkl[3 * i + 1]!, list.hkl[3 * i + 2]!],
      intensity: (phase.strength * list.multiplicity[i]! * (1 + 0.8 * Math.cos(3 * i + 1))) / cellVolume(phase.cell),
      twoTheta: (2 * theta * 180) / Math.PI + shift(theta),
    }
  })
}

/** A pattern whose every line is drawn whole, by the sum of pseudo-Voigts: no code of the refinement is in it. */
export function draw(
  x: Float64Array,
  phases: readonly KnownPhase[],
  source: number | Doublet,
  shift: (theta: number) => number = () => 0,
): Float64Array {
  const out = new Float64Array(x.length)
  const [wavelengths, weights] =
    typeof source === 'number'
      ? [[source], [1]]
      : [source.wavelengths, [1 / (1 + source.ratio), source.ratio / (1 + source.ratio)]]
  for (const phase of phases) {
    const first = linesOf(phase, wavelengths[0]!, shift, 170)
    wavelengths.forEach((wavelength, s) => {
      const lines = linesOf(phase, wavelength, shift, 170)
      const shape = lineWidths(
        lines.map(line => line.twoTheta),
        phase.widths,
      )
      const sum = sumPseudoVoigts(x, {
        area: lines.map((_, i) => first[i]!.intensity * weights[s]!),
        centre: lines.map(line => line.twoTheta),
        fwhm: shape.fwhm,
        eta: shape.eta,
      })
      for (let i = 0; i < x.length; i++) out[i]! += sum[i]!
    })
  }
  return out
}
