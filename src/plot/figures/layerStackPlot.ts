import type { BeamStack, StackTransmission } from '../../cell/index.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown } from '../../core/fields.js'
import type { LayerRole } from '../../model/cell.js'
import { CURVE_COLORS } from '../color/colorMaps.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import type { Layer } from '../spec/figureSpec.js'
import { textWidth } from '../textWidth.js'

/** Fill of a layer by what it is for. */
const FILLS: Readonly<Record<LayerRole, string>> = {
  window: '#c6dbef',
  membrane: '#c6dbef',
  crystal: '#9ecae1',
  collector: '#9e9e9e',
  electrode: '#fdd0a2',
  separator: '#f2f2f2',
  electrolyte: '#d9f0d3',
  spacer: '#bdbdbd',
  other: '#dddddd',
}
/** The working electrode stands out. */
const WORKING = '#fdae6b'
/** Points of a curve within a layer: an exponential that looks smooth. */
const STEPS = 16
const TEXT_SIZE = 10.5
/** Top of the axis of shares: room for numbers above 1. */
const TOP = 1.1
/** Height of the panel of shares, px. */
const HEIGHT = 260
/** Sides of the frame that axes and titles take, px. */
const MARGIN = 90

/**
 * A cell drawn to scale: its layers over the depth with the share of the beam that is left, marked and told at each interface.
 *
 * @param stack   The cell.
 * @param beams   What `stackTransmission` gave of it: one energy, or several to compare; their paths must be the same.
 * @param options Title, size.
 * @throws OperandoError `E_SHAPE` for a transmission of another cell, `E_ARGUMENT` for none.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, stackTransmission } from 'operando/cell'
 * import { layerStackPlot } from 'operando/plot'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [
 *     { role: 'window', thickness: 50, material: { name: 'Kapton', formula: 'C22H10N2O5', density: 1.42 } },
 *     { role: 'collector', electrode: 'working', thickness: 20, material: { formula: 'Al', density: 2.7 } },
 *   ],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const stack = await createBeamStack(cell)
 * layerStackPlot(stack, stackTransmission(stack, '8.333 keV')).svg.length > 0 // true
 * ```
 */
export function layerStackPlot(
  stack: BeamStack,
  beams: StackTransmission | readonly StackTransmission[],
  options: FigureOptions = {},
): Figure {
  assertKnown(options, 'layerStackPlot options', FIGURE_FIELDS)
  const list = (Array.isArray(beams) ? beams : [beams]) as readonly StackTransmission[]
  if (list.length === 0) throw new OperandoError('E_ARGUMENT', 'layerStackPlot: at least one transmission expected.')
  for (const { layers } of list)
    if (layers.length !== stack.layers.length)
      throw new OperandoError(
        'E_SHAPE',
        `layerStackPlot: ${layers.length} layers in the beam, ${stack.layers.length} in the cell.`,
      )
  const { width = 760, title } = options
  const paths = list[0]!.layers.map(layer => layer.path)
  const total = paths.reduce((sum, path) => sum + path, 0)
  const edges = [0]
  for (const path of paths) edges.push(edges[edges.length - 1]! + path)
  const pixel = total / (width - MARGIN)
  const bands: Layer[] = stack.layers.map((layer, i) => ({
    kind: 'area',
    x: Float64Array.of(edges[i]!, edges[i + 1]!),
    low: Float64Array.of(0, 0),
    high: Float64Array.of(TOP, TOP),
    color: layer.role === 'electrode' && layer.electrode === 'working' ? WORKING : FILLS[layer.role],
    opacity: layer.hole === undefined ? 0.75 : 0.25,
  }))
  const borders: Layer[] = edges.slice(1, -1).map(at => ({ kind: 'rule', axis: 'x', at, color: '#888888' }))
  const x = { kind: 'linear', domain: [0, total], label: 'Path from the front', unit: 'µm' } as const
  const names = stack.layers.map((layer, i) => `${layer.name} ${round(paths[i]!)}`)
  const labels = labelPanel(names, edges, pixel, bands)
  const curves = list.flatMap((beam, k) => beamLayers(beam, edges, k, list.length))
  const numbers = numberNotes(list, edges, pixel)
  return figureOf({
    id: options.id,
    title: title ?? `${stack.name}: beam through its layers`,
    showTitle: title !== undefined,
    width,
    height: options.height ?? 300 + labels.height,
    share: 'x',
    panels: [
      {
        name: 'layers',
        x,
        y: { kind: 'linear', domain: [0, labels.levels + 1.6], label: '', unit: '', ticks: [] },
        weight: labels.height,
        layers: labels.layers,
        legend: 'none',
      },
      {
        name: 'beam',
        x,
        y: { kind: 'linear', domain: [0, TOP], label: 'Share of the beam', unit: '' },
        weight: HEIGHT,
        layers: [...bands, ...borders, ...curves, ...numbers],
        legend: list.length > 1 ? 'auto' : 'none',
      },
    ],
  })
}

const round = (value: number): string => `${Number(value.toPrecision(3))}`

/** Names above their layers, on as many levels as they need not to run into each other. */
function labelPanel(
  names: readonly string[],
  edges: readonly number[],
  pixel: number,
  bands: readonly Layer[],
): { layers: Layer[]; levels: number; height: number } {
  const ends: number[] = []
  const total = edges[edges.length - 1]!
  const placed = names.map((text, i) => {
    const half = ((textWidth(text, TEXT_SIZE) + 8) / 2) * pixel
    const middle = (edges[i]! + edges[i + 1]!) / 2
    const at = Math.min(Math.max(middle, half), Math.max(half, total - half))
    let level = ends.findIndex(end => end <= at - half)
    if (level < 0) level = ends.length
    ends[level] = at + half
    return { text, middle, at, level }
  })
  const levels = ends.length
  // the layers are drawn once more at the foot, as bars of their own
  const bars: Layer[] = bands.map(band => ({
    ...(band as Layer & { kind: 'area' }),
    high: Float64Array.of(0.8, 0.8),
    opacity: 1,
  }))
  const layers = placed.flatMap(({ text, middle, at, level }): Layer[] => [
    {
      kind: 'curve',
      x: Float64Array.of(middle, at),
      y: Float64Array.of(0.4, 0.9 + level),
      sigmaStyle: 'bars',
      color: '#777777',
      lineWidth: 0.7,
      shape: 'straight',
      markerSize: 0,
    },
    { kind: 'note', x: at, y: 1.4 + level, text, color: '#1a1a1a', anchor: 'middle', size: TEXT_SIZE },
  ])
  return { layers: [...bars, ...layers], levels, height: 26 + 17 * levels }
}

/** The course of one energy: exponential within layers, marks and numbers at interfaces. */
function beamLayers(beam: StackTransmission, edges: readonly number[], k: number, count: number): Layer[] {
  const color = CURVE_COLORS[k % CURVE_COLORS.length]!
  const name = `${round(beam.energy / 1000)} keV`
  const xs: number[] = []
  const ys: number[] = []
  for (const [i, { arriving, leaving }] of beam.layers.entries()) {
    const width = edges[i + 1]! - edges[i]!
    for (let s = 0; s <= STEPS; s++) {
      xs.push(edges[i]! + (width * s) / STEPS)
      ys.push(arriving > 0 && leaving > 0 ? arriving * (leaving / arriving) ** (s / STEPS) : s === 0 ? arriving : leaving)
    }
  }
  const shares = [1, ...beam.layers.map(layer => layer.leaving)]
  const line: Layer = {
    kind: 'curve',
    x: Float64Array.from(xs),
    y: Float64Array.from(ys),
    sigmaStyle: 'bars',
    color,
    lineWidth: 1.8,
    shape: 'straight',
    markerSize: 0,
    label: count > 1 ? name : undefined,
  }
  const marks: Layer = {
    kind: 'curve',
    x: Float64Array.from(edges),
    y: Float64Array.from(shares),
    sigmaStyle: 'bars',
    color,
    lineWidth: 0,
    shape: 'straight',
    marker: 'circle',
    markerSize: 4,
  }
  return [line, marks]
}

/** Numbers at the interfaces that have room for them, those behind the cell always. */
function numberNotes(beams: readonly StackTransmission[], edges: readonly number[], pixel: number): Layer[] {
  const total = edges[edges.length - 1]!
  const taken: { from: number; to: number; y: number }[] = []
  const notes: Layer[] = []
  const apart = (13 * TOP) / HEIGHT
  // from the back, since what comes through matters most
  for (let i = edges.length - 1; i > 0; i--)
    for (const [k, beam] of beams.entries()) {
      const share = beam.layers[i - 1]!.leaving
      const text = `${Number((share * 100).toPrecision(3))} %`
      const last = i === edges.length - 1
      const need = (textWidth(text, TEXT_SIZE) + 8) * pixel
      const [from, to] = last ? [total - need, total] : [edges[i]!, edges[i]! + need]
      if (to > total || taken.some(t => from < t.to && to > t.from && Math.abs(t.y - share) < apart)) continue
      taken.push({ from, to, y: share })
      const place = last ? ({ anchor: 'end', dx: -6 } as const) : ({ anchor: 'start', dx: 4 } as const)
      notes.push({
        kind: 'note',
        x: edges[i]!,
        y: share,
        text,
        color: CURVE_COLORS[k % CURVE_COLORS.length]!,
        size: TEXT_SIZE,
        dy: -7,
        ...place,
      })
    }
  return notes
}
