import { type Unit, unit } from '../../core/unit.js'
import type { Dataset, Meta, Step, Variable } from '../../model/dataset.js'
import type { FrameFit, Seed } from './fitFrame.js'

/** How the fit of a frame ended: at the first try, from another seed, or not at all. */
export type FrameStatus = 'good' | 'restarted' | 'failed'

interface Column {
  value: Float64Array
  sigma: Float64Array
}

/** What is kept of n fits: numbers only, so that memory does not grow with the size of the frames or of the residuals. */
export class FitTable {
  /** Chi-square per degree of freedom; NaN where there is no fit. */
  readonly quality: Float64Array
  readonly status: FrameStatus[]
  readonly reasons: (string | null)[]
  /** Fits tried. */
  readonly tries: Int32Array
  /** 1 seeded by an earlier frame, -1 by a later one, 0 without a fit. */
  readonly direction: Int8Array
  readonly #columns = new Map<string, Column>()
  readonly #length: number

  constructor(length: number) {
    this.#length = length
    this.quality = new Float64Array(length).fill(Number.NaN)
    this.status = new Array<FrameStatus>(length).fill('failed')
    this.reasons = new Array<string | null>(length).fill(null)
    this.tries = new Int32Array(length)
    this.direction = new Int8Array(length)
  }

  /** Enters a fit, in place of what was there. */
  put(frame: number, fit: FrameFit, status: FrameStatus, direction: 1 | -1): void {
    for (const column of this.#columns.values()) column.value[frame] = column.sigma[frame] = Number.NaN
    for (const [name, { value, standardError }] of Object.entries(fit.parameters)) {
      const column = this.#column(name)
      column.value[frame] = value
      column.sigma[frame] = standardError ?? Number.NaN
    }
    this.quality[frame] = fit.reducedChiSquare
    this.status[frame] = status
    this.reasons[frame] = null
    this.direction[frame] = direction
  }

  /** Whether a frame has a fit. */
  has(frame: number): boolean {
    return this.status[frame] !== 'failed'
  }

  /** Start values from the fit of a frame. */
  seed(frame: number): Seed {
    const seed: Record<string, number> = {}
    for (const [name, { value }] of this.#columns) if (!Number.isNaN(value[frame])) seed[name] = value[frame]!
    return seed
  }

  /** Takes over from another table those frames that are missing here or fit better there. */
  keepBetter(other: FitTable): void {
    for (let frame = 0; frame < this.#length; frame++) {
      this.tries[frame]! += other.tries[frame]!
      // equal fits of both directions differ by rounding: the forward one stays then
      const better = !this.has(frame) || other.quality[frame]! < this.quality[frame]! * (1 - 1e-9)
      if (!other.has(frame) || !better) continue
      for (const name of new Set([...this.#columns.keys(), ...other.#columns.keys()])) {
        const from = other.#columns.get(name)
        const to = this.#column(name)
        to.value[frame] = from?.value[frame] ?? Number.NaN
        to.sigma[frame] = from?.sigma[frame] ?? Number.NaN
      }
      this.quality[frame] = other.quality[frame]!
      this.status[frame] = other.status[frame]!
      this.reasons[frame] = null
      this.direction[frame] = other.direction[frame]!
    }
  }

  /** The columns as datasets; frames without a value are NaN and masked. */
  datasets(about: {
    coords: Readonly<Record<string, Variable>>
    meta: Meta
    history: readonly Step[]
    units: Readonly<Record<string, Unit>>
  }): { parameters: Record<string, Dataset<'frame'>>; quality: Dataset<'frame'> } {
    const { coords, meta, history, units } = about
    const make = (name: string, value: Float64Array, sigma?: Float64Array): Dataset<'frame'> =>
      Object.freeze({
        name,
        dims: ['frame'] as const,
        shape: [this.#length],
        values: value,
        sigma,
        mask: Uint8Array.from(value, v => (Number.isNaN(v) ? 1 : 0)),
        unit: units[name] ?? unit(''),
        coords,
        meta,
        history,
        warnings: [],
      })
    const parameters: Record<string, Dataset<'frame'>> = {}
    for (const [name, { value, sigma }] of this.#columns) {
      parameters[name] = make(name, value, sigma.every(s => Number.isNaN(s)) ? undefined : sigma)
    }
    return { parameters, quality: make('reducedChiSquare', this.quality) }
  }

  #column(name: string): Column {
    let column = this.#columns.get(name)
    if (!column) {
      const empty = (): Float64Array => new Float64Array(this.#length).fill(Number.NaN)
      column = { value: empty(), sigma: empty() }
      this.#columns.set(name, column)
    }
    return column
  }
}
