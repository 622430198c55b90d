import type { MassDensity } from '../core/quantity.js'

/** A substance by formula and density, or by its name in the list; of a mixture with its share. */
export interface SubstanceInput {
  /** Formula; absent: `name` is looked up in the list. */
  readonly formula?: string | undefined
  /** Density of the substance itself: a number in g/cm³, or `'4.7 g/cm³'`. Goes with `formula`. */
  readonly density?: MassDensity | undefined
  /** What it is called; without a formula, its name in the list. */
  readonly name?: string | undefined
  /** Share of the mass of the mixture. Default 1; those of a mixture sum to 1 within 0.001. */
  readonly massFraction?: number | undefined
  /** Share of the volume of the mixture, for all components or none, instead of `massFraction`. */
  readonly volumeFraction?: number | undefined
  /** Band gap in eV, which `inelasticMeanFreePath` asks for. Default: that of the list. */
  readonly bandGap?: number | undefined
}

/** A mixture, with pores. */
export interface MixtureInput {
  /** What it is called. Default: the names or formulae of its components. */
  readonly name?: string | undefined
  /** Its substances. */
  readonly components: readonly SubstanceInput[]
  /** Share of the volume that is pores, 0 to below 1. Default 0. */
  readonly porosity?: number | undefined
  /** What fills the pores: the substances of a liquid, or its name in the list. Default: nothing. */
  readonly filling?: string | readonly SubstanceInput[] | undefined
}

/**
 * Anything that consists of something: the name of a listed material or of an element (`'Kapton'`, `'Cu'`), a substance (`{ formula, density }`), or a mixture
 * (`{ components, porosity, filling }`). The material of a layer of a `Cell` is one.
 */
export type MaterialInput = string | SubstanceInput | MixtureInput

/** A substance of a {@link MatterMaterial}. */
export interface Substance {
  /** Formula. */
  readonly formula: string
  /** Density of the substance itself, g/cm³. */
  readonly density: number
  /** Share of the mass of the solid, or of the liquid that fills it; they sum to 1. */
  readonly massFraction: number
  /** What it is called. */
  readonly name?: string | undefined
  /** Band gap in eV, if it is known. */
  readonly bandGap?: number | undefined
}

/** A material with all names looked up. `createCell` takes it as the material of a layer. */
export interface MatterMaterial {
  /** What it is called. */
  readonly name: string
  /** The substances of the solid. */
  readonly components: readonly Substance[]
  /** Share of the volume that is pores. */
  readonly porosity: number
  /** What fills the pores; absent: nothing. */
  readonly filling?: readonly Substance[] | undefined
}
