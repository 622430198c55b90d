import { unit } from '../../core/unit.js'
import type { Dataset } from '../../model/dataset.js'
import type { Figure } from '../../plot/figure.js'
import { operandoFigure } from '../../plot/figures/operandoFigure.js'
import type { TraceInput, TrendPanelInput } from '../../plot/figures/trendPanel.js'
import type { CurveInput } from '../../plot/input/curveInput.js'
import { known } from '../../scattering/bragg/mechanism/trend.js'
import type { DiffractionAnalysis } from '../diffraction/analyseDiffraction.js'
import { reachOf } from '../diffraction/trends.js'
import { colorOf, frameTimes } from './frameTimes.js'

/**
 * Voltage, map of the patterns, fractions and the cells that move, on one time axis.
 * @example
 * ```ts
 * import { type DiffractionAnalysis, overviewFigure } from 'operando/workflow'
 * const pictureOf = (analysis: DiffractionAnalysis): string => overviewFigure(analysis).svg
 * ```
 */
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
    perSecond({ ...run, coords: { ...run.coords, time: { ...run.coords.time!, values: frameTimes(analysis).values } } }),
    {
      id: 'overview',
      voltage,
      trends: panels,
      norm: 'sqrt',
      range: 'robust',
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
function voltageTrace(analysis: DiffractionAnalysis): TraceInput {
  const { electrochemistry, clock } = analysis
  if (!electrochemistry || !clock) return 'none'
  const { offset, rate } = clock.relation
  const time = frameTimes(analysis)
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

/** Trends by {@link reachOf}, most first. */
function mostMoved({ trends }: DiffractionAnalysis, names: readonly string[]): string[] {
  return names.filter(name => reachOf(trends[name]) > 0).sort((a, b) => reachOf(trends[b]) - reachOf(trends[a]))
}

function curveOf(analysis: DiffractionAnalysis, name: string): CurveInput {
  const trend = analysis.trends[name]!
  const cut = name.lastIndexOf('.')
  return {
    x: frameTimes(analysis),
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
