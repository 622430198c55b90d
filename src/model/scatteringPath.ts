import type { Vector3 } from './crystal/matrix3.js'

/** An atom that a photoelectron meets on its way. */
export interface PathAtom {
  /** What the file calls it, else the element: `O1`. */
  readonly label: string
  /** Element symbol. */
  readonly element: string
  /** Index of its potential in the calculation; 0 is the absorber. */
  readonly potential: number
  /** Cartesian, Å. */
  readonly position: Vector3
}

/** A potential of the calculation that a path comes from. */
export interface PathPotential {
  /** 0 for the absorber. */
  readonly index: number
  /** Element symbol. */
  readonly element: string
  /** Radius of the muffin tin, Å. */
  readonly rMuffinTin: number
  /** Norman radius, Å. */
  readonly rNorman: number
}

/**
 * A path of a photoelectron from the absorber over one or more neighbours and back, with its effective scattering amplitude and phases as FEFF computes them: what the EXAFS equation needs.
 * The tables are FEFF's columns, all over `k`, without unwrapping.
 */
export interface ScatteringPath {
  /** Name of the file, or what it was made from. */
  readonly name: string
  /** First line of its header. */
  readonly title: string
  /** Edge, `K`, if the header says. */
  readonly edge: string
  /** Legs: 2 for single scattering. */
  readonly legs: number
  /** How many equivalent paths there are. */
  readonly degeneracy: number
  /** Half the length of the way, Å: the distance, for single scattering. */
  readonly reff: number
  /** Average Norman radius of the calculation, bohr, as FEFF writes it: the density that the Debye model needs. */
  readonly rnorman: number
  /** Energy of the edge against the vacuum as FEFF has it, eV. */
  readonly edgeEnergy: number
  /** Atoms in order, the absorber first. */
  readonly atoms: readonly PathAtom[]
  /** Potentials of the calculation. */
  readonly potentials: readonly PathPotential[]
  /** Wavenumbers, 1/Å, rising from 0. */
  readonly k: Float64Array
  /** real[2*phc]: twice the phase of the central atom, rad. */
  readonly realPhc: Float64Array
  /** mag[feff]: magnitude of the effective amplitude, Å. */
  readonly magFeff: Float64Array
  /** phase[feff]: its phase, rad. */
  readonly phaseFeff: Float64Array
  /** red factor: reduction by the central atom. */
  readonly redFactor: Float64Array
  /** lambda: mean free path, Å. */
  readonly lambda: Float64Array
  /** real[p]: real part of the complex momentum, 1/Å. */
  readonly realP: Float64Array
}
