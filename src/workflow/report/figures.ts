import { unit } from '../../core/unit.js'
import { dSpacing } from '../../model/crystal/dSpacing.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import type { Figure } from '../../plot/figure.js'
import { linePlot, type ReflectionRow } from '../../plot/figures/linePlot.js'
import { matrixPlot } from '../../plot/figures/matrixPlot.js'
import { operandoFigure } from '../../plot/figures/operandoFigure.js'
import type { TraceInput, TrendPanelInput } from '../../plot/figures/trendPanel.js'
import type { CurveInput } from '../../plot/input/curveInput.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'
import { correlationOf } from '../diffraction/mechanism.js'
import { known } from '../diffraction/trends.js'

/** Colours of phases that stay the same in all figures (Okabe and Ito). */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']

/** Middles of the exposures in s, with the words for the axis. */
export function frameTimes(run: Dataset): { values: Float64Array; label: string; unit: string } {
  const time = run.coords.time as Variable
  const exposure = run.coords.exposure
  return { values: Float64Array.from(time.values, (t, i) => t + 0.5 * (exposure?.values[i] ?? 0)), label: 'Time', unit: 's' }
}

const colorOf = (analysis: DiffractionAnalysis, owner: string): string => {
  const owners = [...analysis.phases.map(p => p.name), ...analysis.lines.map(l => l.name)]
  return COLORS[Math.max(0, owners.indexOf(owner)) % COLORS.length]!
}

function curveOf(analysis: DiffractionAnalysis, name: string): CurveInput {
  const trend = analysis.trends[name]!
  const cut = name.lastIndexOf('.')
  return {
    x: frameTimes(analysis.run),
    y: trend.values,
    sigma: trend.sigma,
    label: trend.label,
    unit: trend.unit.symbol,
    name: name.slice(0, cut),
    color: colorOf(analysis, name.slice(0, cut)),
    lineWidth: 0.8,
    markerSize: 3.5,
  }
}

/** Voltage, map of the patterns, fractions and the cells that move, on one time axis. */
export function overviewFigure(analysis: DiffractionAnalysis): Figure {
  const { run, phases, lines, trends } = analysis
  const panels: TrendPanelInput[] = []
  const fractions = phases.map(p => `${p.name}.fraction`).filter(name => trends[name])
  if (fractions.length > 0)
    panels.push({ curves: fractions.map(name => curveOf(analysis, name)), label: 'Mole fraction', unit: '', weight: 1.1 })
  for (const { name, couple, fixedCell } of phases) {
    if (couple !== undefined || fixedCell) continue
    for (const axis of ['a', 'b', 'c']) {
      const trend = trends[`${name}.${axis}`]
      if (trend && known(trend).length > 0)
        panels.push({
          curves: [{ ...curveOf(analysis, `${name}.${axis}`), name: undefined }],
          label: `${axis} ${name}`,
          unit: 'Å',
        })
    }
  }
  if (phases.length === 0) {
    const areas = lines.map(l => `${l.name}.area`).filter(name => trends[name])
    if (areas.length > 0)
      panels.push({
        curves: areas.map(name => relative(curveOf(analysis, name))),
        label: 'Area, relative',
        unit: '',
        weight: 1.2,
      })
    const moving = mostMoved(
      analysis,
      lines.map(l => (trends[`${l.name}.a`] ? `${l.name}.a` : `${l.name}.d`)),
    )
    for (const name of moving.slice(0, 2))
      panels.push({ curves: [{ ...curveOf(analysis, name), name: undefined }], label: trends[name]!.label ?? name, unit: 'Å' })
  }
  const voltage = voltageTrace(analysis)
  return operandoFigure(
    perSecond({ ...run, coords: { ...run.coords, time: { ...run.coords.time!, values: frameTimes(run).values } } }),
    {
      id: 'overview',
      voltage,
      trends: panels,
      norm: 'sqrt',
      width: 920,
      height: 300 + 135 * (panels.length + (voltage === 'none' ? 0 : 1)),
    },
  )
}

/** Counts over seconds where exposures differ: else the map shows how long frames were, not what was in them. */
function perSecond(run: Dataset<'frame' | 'twoTheta'>): Dataset<'frame' | 'twoTheta'> {
  const exposure = run.coords.exposure?.values
  if (run.unit.symbol !== 'counts' || !exposure || new Set(exposure).size < 2 || exposure.some(s => !(s > 0))) return run
  const n = run.shape[1]!
  const values = Float64Array.from(run.values, (v, i) => v / exposure[Math.floor(i / n)]!)
  return { ...run, values, sigma: undefined, label: 'Intensity', unit: unit('counts/s') }
}

/** All rows of the record, on the run's clock; nothing where there is none. */
function voltageTrace({ electrochemistry, clock, run }: DiffractionAnalysis): TraceInput {
  if (!electrochemistry || !clock) return 'none'
  const { offset, rate } = clock.relation
  const time = frameTimes(run)
  const last = time.values[time.values.length - 1]!
  const rows = [...electrochemistry.time.values.keys()].filter(i => {
    const t = offset + rate * electrochemistry.time.values[i]!
    return t >= time.values[0]! - 600 && t <= last + 600
  })
  return {
    x: { ...time, values: Float64Array.from(rows, i => offset + rate * electrochemistry.time.values[i]!) },
    y: Float64Array.from(rows, i => electrochemistry.potential.values[i]!),
    label: 'Voltage',
    unit: 'V',
    color: '#1a1a1a',
  }
}

function relative(curve: CurveInput): CurveInput {
  const values = Float64Array.from(curve.y as ArrayLike<number>)
  const top = values.reduce((m, v) => (v > m ? v : m), 0) || 1
  return {
    ...curve,
    y: values.map(v => v / top),
    sigma: curve.sigma && Float64Array.from(curve.sigma as ArrayLike<number>, s => s / top),
  }
}

/** How many of its standard uncertainties a trend covers, its most extreme twentieths aside. */
function reachOf(trend: Dataset<'frame'> | undefined): number {
  const at = trend ? known(trend) : []
  if (!trend || at.length < 5) return 0
  const values = at.map(i => trend.values[i]!).sort((a, b) => a - b)
  const sigmas = at.map(i => trend.sigma?.[i] ?? Infinity).sort((a, b) => a - b)
  const cut = Math.floor(values.length / 20)
  return (values[values.length - 1 - cut]! - values[cut]!) / sigmas[sigmas.length >> 1]!
}

/** Trends by {@link reachOf}, most first. */
function mostMoved({ trends }: DiffractionAnalysis, names: readonly string[]): string[] {
  return names.filter(name => reachOf(trends[name]) > 0).sort((a, b) => reachOf(trends[b]) - reachOf(trends[a]))
}

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

/** A pattern with its phase fit, difference and the lines of the phases that are there. */
export function phaseFitFigure(analysis: DiffractionAnalysis, frame: number): Figure | undefined {
  const { run, phaseFit, phases, options } = analysis
  if (!phaseFit || phaseFit.result.status[frame] === 'failed') return undefined
  const parameters: Record<string, number> = {}
  for (const [name, data] of Object.entries(phaseFit.result.parameters))
    if (!Number.isNaN(data.values[frame])) parameters[name] = data.values[frame]!
  const curves = phaseFit.fit.curves(parameters)
  const axis = run.coords.twoTheta!
  const x = { values: axis.values, label: '2θ', unit: '°' }
  const n = axis.values.length
  const y = run.values.subarray(frame * n, (frame + 1) * n)
  const seen = phases.filter(p => (analysis.phaseFit!.result.parameters[`${p.name}.scale`]?.values[frame] ?? 0) > 0)
  const rows = seen.map(
    (phase): ReflectionRow => ({
      positions: linesOf(phase, parameters, options.wavelength, axis.values),
      label: phase.name,
      color: colorOf(analysis, phase.name),
    }),
  )
  return linePlot(
    [
      {
        x,
        y,
        label: run.label ?? 'Intensity',
        unit: run.unit.symbol,
        name: 'Measured',
        color: '#333333',
        lineWidth: 0,
        marker: 'circle',
        markerSize: 2.2,
      },
      { x, y: curves.calculated, name: 'Fit', color: '#d55e00', lineWidth: 1.1 },
      { x, y: curves.background, name: 'Background', color: '#888888', dash: [4, 3], lineWidth: 1 },
    ],
    { id: `fit${frame}`, width: 920, height: 430, reflections: rows, residual: 'difference', yScale: 'linear' },
  )
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

/** One frame of a group of lines with its fit. */
export function lineFitFigure(analysis: DiffractionAnalysis, group: number, frame: number): Figure | undefined {
  const { run, lineFits } = analysis
  const { fit, result, points, lines } = lineFits[group]!
  if (result.status[frame] === 'failed') return undefined
  const parameters: Record<string, number> = {}
  for (const [name, data] of Object.entries(result.parameters))
    if (!Number.isNaN(data.values[frame])) parameters[name] = data.values[frame]!
  const curves = fit.curves(parameters)
  const axis = run.coords.twoTheta!.values
  const width = axis.length
  const x = { values: axis.slice(points[0], points[1]), label: '2θ', unit: '°' }
  return linePlot(
    [
      {
        x,
        y: run.values.slice(frame * width + points[0], frame * width + points[1]),
        label: run.label ?? 'Intensity',
        unit: run.unit.symbol,
        name: 'Measured',
        color: '#333333',
        lineWidth: 0,
        marker: 'circle',
        markerSize: 2.6,
      },
      { x, y: curves.calculated, name: 'Fit', color: '#d55e00', lineWidth: 1.2 },
      { x, y: curves.background, name: 'Background', color: '#888888', dash: [4, 3], lineWidth: 1 },
    ],
    {
      id: `line${group}f${frame}`,
      width: 450,
      height: 330,
      residual: 'difference',
      title: `${lines.map(l => l.name).join(', ')}: frame ${frame}`,
    },
  )
}

/** Reduced chi-square along the frames. */
export function qualityFigure(analysis: DiffractionAnalysis): Figure | undefined {
  const { phaseFit, lineFits, run } = analysis
  const results = [
    ...(phaseFit ? [{ name: 'phases', result: phaseFit.result }] : []),
    ...lineFits.map(g => ({ name: g.lines.map(l => l.name).join(', '), result: g.result })),
  ]
  if (results.length === 0) return undefined
  const { values } = frameTimes(run)
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

/** The patterns' correlation with each other. */
export function patternCorrelationFigure({ patternCorrelation }: DiffractionAnalysis): Figure {
  const lowest = Float64Array.from(patternCorrelation.values).reduce((m, v) => (v < m ? v : m), 1)
  return matrixPlot(patternCorrelation.values, {
    id: 'patterns',
    width: 410,
    height: 400,
    range: [Math.max(-1, Math.floor(lowest * 20) / 20), 1],
    colorMap: 'viridis',
    numbers: false,
  })
}

/** Correlations of the trends with each other, voltage and charge among them. */
export function trendCorrelation({ run, trends }: DiffractionAnalysis): {
  readonly names: readonly string[]
  readonly matrix: Float64Array
} {
  const series: [string, Dataset<'frame'>][] = []
  for (const name of ['voltage', 'charge', 'x']) {
    const coord = run.coords[name]
    if (coord) series.push([name, { ...(coord as Dataset<'frame'>), name, coords: {}, meta: {}, history: [], warnings: [] }])
  }
  for (const [name, trend] of Object.entries(trends))
    if (/\.(fraction|area)$/.test(name) || (/\.(a|b|c|d)$/.test(name) && reachOf(trend) > 8)) series.push([name, trend])
  const shown = series.slice(0, 14)
  const matrix = new Float64Array(shown.length ** 2)
  for (const [i, [, one]] of shown.entries()) {
    for (const [j, [, other]] of shown.entries()) matrix[i * shown.length + j] = i === j ? 1 : correlationOf(one, other)
  }
  return { names: shown.map(([name]) => name), matrix }
}

/** {@link trendCorrelation} as a figure. */
export function trendCorrelationFigure(analysis: DiffractionAnalysis): Figure | undefined {
  const { names, matrix } = trendCorrelation(analysis)
  return names.length < 2 ? undefined : matrixPlot(matrix, { id: 'trends', labels: names, width: 470, height: 440 })
}
