import { dSpacing } from '../../model/crystal/dSpacing.js'
import type { Figure } from '../../plot/figure.js'
import { type LinePlotOptions, linePlot, type ReflectionRow } from '../../plot/figures/linePlot.js'
import type { CurveInput } from '../../plot/input/curveInput.js'
import type { FitPhase, PhaseCurves } from '../../scattering/bragg/phases/phaseFitTypes.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'
import { parametersOf } from '../diffraction/fitPhases.js'
import { colorOf, frameTimes } from './frameTimes.js'

/** Frames whose fits are worth seeing: the first, the most mixed, the worst, the last. */
export function shownFrames({ run, phases, trends, phaseFit, lineFits }: DiffractionAnalysis): number[] {
  const quality = (phaseFit?.result ?? lineFits[0]?.result)?.quality.values
  if (!quality) return []
  const good = [...quality.keys()].filter(i => !Number.isNaN(quality[i]))
  if (good.length === 0) return []
  const worst = good.reduce((w, i) => (quality[i]! > quality[w]! ? i : w), good[0]!)
  const fraction = phases.map(p => trends[`${p.name}.fraction`]).find(t => t !== undefined)
  const mixed = fraction
    ? good.reduce((m, i) => (Math.abs(fraction.values[i]! - 0.5) < Math.abs(fraction.values[m]! - 0.5) ? i : m), good[0]!)
    : good[good.length >> 1]!
  return [...new Set([good[0]!, mixed, worst, good[good.length - 1]!])].filter(i => i < run.shape[0]!).sort((a, b) => a - b)
}

/** Points, fit and background of a stretch of a frame, with what is left. */
function fittedPlot(
  { run }: DiffractionAnalysis,
  frame: number,
  points: readonly [number, number],
  curves: PhaseCurves,
  options: LinePlotOptions,
): Figure {
  const axis = run.coords.twoTheta!.values
  const x = { values: axis.slice(points[0], points[1]), label: '2θ', unit: '°' }
  const y = run.values.slice(frame * axis.length + points[0], frame * axis.length + points[1])
  const words = { label: run.label ?? 'Intensity', unit: run.unit.symbol }
  return linePlot(
    [
      { x, y, ...words, name: 'Measured', color: '#333333', lineWidth: 0, marker: 'circle', markerSize: 2.4 },
      { x, y: curves.calculated, name: 'Fit', color: '#d55e00', lineWidth: 1.1 },
      { x, y: curves.background, name: 'Background', color: '#888888', dash: [4, 3], lineWidth: 1 },
    ],
    {
      residual: { x, y: curves.calculated.map((v, i) => y[i]! - v), label: 'Δ', unit: words.unit, color: '#555555' },
      ...options,
    },
  )
}

/** A pattern with its phase fit, difference and the lines of the phases that are there; `undefined` where the fit failed. */
export function phaseFitFigure(analysis: DiffractionAnalysis, frame: number): Figure | undefined {
  const { run, phaseFit, phases, options } = analysis
  if (!phaseFit || phaseFit.result.status[frame] === 'failed') return undefined
  const parameters = parametersOf(phaseFit.result, frame)
  const axis = run.coords.twoTheta!.values
  const rows = phases
    .filter(({ name }) => (parameters[`${name}.scale`] ?? parameters[`${name}.intensity`] ?? 0) > 0)
    .map((phase): ReflectionRow => {
      const positions = linesOf(phase, parameters, options.wavelength, axis)
      return { positions, label: phase.name, color: colorOf(analysis, phase.name) }
    })
  const size = { id: `fit${frame}`, width: 920, height: 430 }
  return fittedPlot(analysis, frame, [0, axis.length], phaseFit.curves(frame), { ...size, reflections: rows })
}

function linesOf(
  phase: FitPhase,
  parameters: Readonly<Record<string, number>>,
  wavelength: number,
  axis: ArrayLike<number>,
): Float64Array {
  const cell = { ...phase.cell }
  for (const name of ['a', 'b', 'c', 'alpha', 'beta', 'gamma'] as const)
    cell[name] = parameters[`${phase.name}.${name}`] ?? cell[name]
  // numbers that symmetry ties are not among the parameters
  if (parameters[`${phase.name}.b`] === undefined && phase.cell.a === phase.cell.b) cell.b = cell.a
  if (parameters[`${phase.name}.c`] === undefined && phase.cell.a === phase.cell.c) cell.c = cell.a
  const zero = parameters.zero ?? 0
  const angles = phase.reflections.map(
    ({ hkl }) => (2 * Math.asin(Math.min(1, wavelength / (2 * dSpacing(cell, hkl)))) * 180) / Math.PI + zero,
  )
  return Float64Array.from(angles.filter(v => v >= axis[0]! && v <= axis[axis.length - 1]!))
}

/** One frame of a group of lines with its fit; `undefined` where the fit failed. */
export function lineFitFigure(analysis: DiffractionAnalysis, group: number, frame: number): Figure | undefined {
  const { fit, result, points, lines } = analysis.lineFits[group]!
  if (result.status[frame] === 'failed') return undefined
  const title = `${lines.map(line => line.name).join(', ')}: frame ${frame}`
  const size = { id: `line${group}f${frame}`, width: 450, height: 340 }
  return fittedPlot(analysis, frame, points, fit.curves(parametersOf(result, frame)), { ...size, title })
}

/** Reduced chi-square along the frames. */
export function qualityFigure(analysis: DiffractionAnalysis): Figure | undefined {
  const { phaseFit, lineFits } = analysis
  const results = [
    ...(phaseFit ? [{ name: 'phases', result: phaseFit.result }] : []),
    ...lineFits.map(g => ({ name: g.lines.map(l => l.name).join(', '), result: g.result })),
  ]
  if (results.length === 0) return undefined
  const { values } = frameTimes(analysis)
  const hours = values[values.length - 1]! - values[0]! > 3 * 3600
  const x = { values: values.map(t => t / (hours ? 3600 : 60)), label: 'Time', unit: hours ? 'h' : 'min' }
  const curves = results.map(
    ({ name, result }): CurveInput => ({
      x,
      y: result.quality.values,
      label: 'Reduced χ²',
      name,
      lineWidth: 0.8,
      marker: 'circle',
      markerSize: 3,
    }),
  )
  return linePlot(curves, { id: 'quality', width: 920, height: 250, yLabel: 'Reduced χ²' })
}
