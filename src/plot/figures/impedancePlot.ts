import type { ImpedanceSpectrum } from '../../cell/electrochemistry/impedance/spectrum.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { finiteRange, padded } from '../axis/range.js'
import { CURVE_COLORS } from '../color/colorMaps.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import type { CurveLayer, Layer, PanelSpec } from '../spec/figureSpec.js'
import { withFittedHeight } from '../spec/layout.js'
import { frequencyNotes } from './frequencyNotes.js'

/** A spectrum with its name and what was fitted to it. */
export interface NamedSpectrum {
  /** The spectrum measured. */
  readonly spectrum: ImpedanceSpectrum
  /** Name in the legend. */
  readonly name?: string | undefined
  /** The spectrum of a model, drawn as a line: `spectrum` of `fitCircuit` or of `kramersKronig`. */
  readonly fit?: ImpedanceSpectrum | undefined
}

/** Options of {@link nyquistPlot}. */
export interface NyquistPlotOptions extends FigureOptions {
  /** Whether the points nearest to whole decades of the frequency are named. Default true, of the first spectrum. */
  frequencies?: boolean | undefined
}

const OPTIONS: FieldsOf<NyquistPlotOptions> = { ...FIGURE_FIELDS, frequencies: true }

function read(spectra: ImpedanceSpectrum | NamedSpectrum | readonly (ImpedanceSpectrum | NamedSpectrum)[]): NamedSpectrum[] {
  const list = (Array.isArray(spectra) ? spectra : [spectra]) as readonly (ImpedanceSpectrum | NamedSpectrum)[]
  if (list.length === 0) throw new OperandoError('E_ARGUMENT', 'At least one impedance spectrum expected.')
  return list.map(s => ('spectrum' in s ? s : { spectrum: s }))
}

const points = (x: Float64Array, y: Float64Array, index: number, label: string | undefined): CurveLayer => ({
  kind: 'curve',
  x,
  y,
  sigmaStyle: 'bars',
  color: CURVE_COLORS[index % CURVE_COLORS.length]!,
  lineWidth: 0,
  shape: 'straight',
  marker: 'circle',
  markerSize: 4.5,
  label,
})

const line = (x: Float64Array, y: Float64Array, index: number): CurveLayer => ({
  ...points(x, y, index, undefined),
  lineWidth: 1.3,
  marker: undefined,
})

/** One spectrum in black would be dull, its fit in the same colour unseen: a lone fit gets the next colour and a name. */
function layersOf(
  spectra: readonly NamedSpectrum[],
  coordinates: (s: ImpedanceSpectrum) => readonly [Float64Array, Float64Array],
  named: boolean,
): Layer[] {
  const alone = spectra.length === 1
  return spectra.flatMap(({ spectrum, name, fit }, k): Layer[] => {
    const label = named ? (name ?? (alone ? (fit ? 'Measured' : undefined) : `Spectrum ${k + 1}`)) : undefined
    const measured = points(...coordinates(spectrum), k, label)
    if (!fit) return [measured]
    return [measured, { ...line(...coordinates(fit), alone ? 1 : k), label: named && alone ? 'Fit' : undefined }]
  })
}

/**
 * Nyquist plot: -Im Z against Re Z, an ohm equally long on both axes, so that a half-circle is one. Whole decades of the frequency are named where there is room.
 *
 * @param spectra Spectra, each with a name and a fitted model if there are.
 * @param options Whether frequencies are named.
 * @throws OperandoError `E_ARGUMENT` without a spectrum.
 * @example
 * ```ts
 * import { createCircuit } from 'operando/cell'
 * import { nyquistPlot } from 'operando/plot'
 * const spectrum = createCircuit('R0-p(R1,C1)').impedance({ R0: 10, R1: 100, C1: 1e-5 }, [10000, 1000, 100, 10, 1])
 * nyquistPlot({ spectrum, name: 'As assembled' }).svg.includes('−Im Z (Ω)') // true
 * ```
 */
export function nyquistPlot(
  spectra: ImpedanceSpectrum | NamedSpectrum | readonly (ImpedanceSpectrum | NamedSpectrum)[],
  options: NyquistPlotOptions = {},
): Figure {
  assertKnown(options, 'nyquistPlot options', OPTIONS)
  const list = read(spectra)
  const width = options.width ?? 560
  const minus = (s: ImpedanceSpectrum): readonly [Float64Array, Float64Array] => [s.real, s.imaginary.map(v => -v)]
  const all = list.flatMap(s => (s.fit ? [minus(s.spectrum), minus(s.fit)] : [minus(s.spectrum)]))
  const xs = finiteRange(...all.map(a => a[0])) ?? [0, 1]
  const ys = finiteRange(...all.map(a => a[1])) ?? [0, 1]
  const span = Math.max(xs[1] - xs[0], ys[1] - ys[0]) || Math.abs(xs[1]) || 1
  // equal axes: both get room by the same length, and a flat spectrum a third of the height
  const room = 0.06 * span
  const domain = [xs[0] - 2 * room, xs[1] + room] as const
  const flat = Math.max(0, (0.35 * span - (ys[1] - ys[0])) / 2)
  const panel: PanelSpec = {
    name: 'nyquist',
    x: { kind: 'linear', domain, label: 'Re Z', unit: 'Ω' },
    y: { kind: 'linear', domain: [ys[0] - room - flat, ys[1] + 3 * room + flat], label: '−Im Z', unit: 'Ω' },
    weight: 1,
    equalAspect: true,
    layers: [
      { kind: 'rule', axis: 'y', at: 0, color: '#bbbbbb' },
      ...layersOf(list, minus, true),
      ...(options.frequencies === false
        ? []
        : frequencyNotes(list[0]!.spectrum, all, domain, (domain[1] - domain[0]) / (width - 80))),
    ],
  }
  const spec = {
    id: options.id,
    title: options.title ?? 'Nyquist plot',
    showTitle: options.title !== undefined,
    width,
    height: options.height ?? 560,
    share: 'x' as const,
    panels: [panel],
  }
  return figureOf(withFittedHeight(spec, options.height ?? 620))
}

/**
 * Bode plot: |Z| and phase against frequency.
 *
 * @param spectra Spectra, each with a name and a fitted model if there are.
 * @param options Size, title.
 * @throws OperandoError `E_ARGUMENT` without a spectrum.
 * @example
 * ```ts
 * import { createCircuit } from 'operando/cell'
 * import { bodePlot } from 'operando/plot'
 * const spectrum = createCircuit('R0-p(R1,C1)').impedance({ R0: 10, R1: 100, C1: 1e-5 }, [10000, 1000, 100, 10, 1])
 * bodePlot(spectrum).svg.includes('Phase') // true
 * ```
 */
export function bodePlot(
  spectra: ImpedanceSpectrum | NamedSpectrum | readonly (ImpedanceSpectrum | NamedSpectrum)[],
  options: FigureOptions = {},
): Figure {
  assertKnown(options, 'bodePlot options', FIGURE_FIELDS)
  const list = read(spectra)
  const size = (s: ImpedanceSpectrum): readonly [Float64Array, Float64Array] => [
    s.frequency,
    s.real.map((re, i) => Math.hypot(re, s.imaginary[i]!)),
  ]
  const phase = (s: ImpedanceSpectrum): readonly [Float64Array, Float64Array] => [
    s.frequency,
    s.real.map((re, i) => (Math.atan2(s.imaginary[i]!, re) * 180) / Math.PI),
  ]
  const over = (pick: typeof size, k: 0 | 1): [number, number] =>
    finiteRange(...list.flatMap(s => (s.fit ? [pick(s.spectrum)[k], pick(s.fit)[k]] : [pick(s.spectrum)[k]]))) ?? [1, 10]
  const x = { kind: 'log' as const, domain: padded(over(size, 0), 'log', 0.02), label: 'Frequency', unit: 'Hz' }
  return figureOf({
    id: options.id,
    title: options.title ?? 'Bode plot',
    showTitle: options.title !== undefined,
    width: options.width ?? 620,
    height: options.height ?? 460,
    share: 'x',
    panels: [
      {
        name: 'size',
        x,
        y: { kind: 'log', domain: padded(over(size, 1), 'log', 0.08), label: '|Z|', unit: 'Ω' },
        weight: 1,
        layers: layersOf(list, size, true),
      },
      {
        name: 'phase',
        x,
        y: { kind: 'linear', domain: padded(over(phase, 1), 'linear', 0.08), label: 'Phase', unit: '°' },
        weight: 1,
        layers: layersOf(list, phase, false),
      },
    ],
  })
}
