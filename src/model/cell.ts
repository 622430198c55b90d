import type { Meta, Variable } from './dataset.js'

/** What a layer is for. `crystal` is the internal-reflection element of an ATR cell, `membrane` the window of a liquid cell. */
export type LayerRole =
  | 'window'
  | 'membrane'
  | 'crystal'
  | 'collector'
  | 'electrode'
  | 'separator'
  | 'electrolyte'
  | 'spacer'
  | 'other'

/** One substance of a mixture. */
export interface Component {
  /** Formula, as `parseFormula` reads it. */
  readonly formula: string
  /** Density of the substance itself (no pores), g/cm³. */
  readonly density: number
  /** Share of the mass of the solid (or of the liquid), 0 to 1; those of a mixture sum to 1. */
  readonly massFraction: number
  /** What it is called: `NMC811`, `PVDF`. */
  readonly name?: string | undefined
}

/** What a layer consists of. */
export interface Material {
  /** What it is called. */
  readonly name: string
  /** The substances of the solid, or of the liquid of an electrolyte layer. */
  readonly components: readonly Component[]
  /** Share of the volume that is pores, 0 to below 1. */
  readonly porosity: number
  /** What fills the pores; absent: nothing. */
  readonly filling?: readonly Component[] | undefined
}

/** A layer of the stack. */
export interface Layer {
  /** What it is for. */
  readonly role: LayerRole
  /** What it is called: `Kapton`, `cathode`. */
  readonly name: string
  /** Thickness in µm. */
  readonly thickness: number
  /** What it consists of. */
  readonly material: Material
  /** For electrodes and collectors: whose. */
  readonly electrode?: ElectrodeName | undefined
  /** Diameter in mm of a hole for the beam; absent: none. */
  readonly hole?: number | undefined
}

/** How the layers lie in the beam. */
export type CellGeometry =
  | {
      /** A flat stack; layers are listed as the beam meets them. */
      readonly kind: 'flat'
      /** Angle between the beam and the normal of the stack in degrees, -90 to 90 excluded. */
      readonly tilt: number
    }
  | {
      /** Concentric layers, listed from outside to the axis. */
      readonly kind: 'capillary'
      /** Outer radius in mm. */
      readonly radius: number
    }
  | {
      /** A wound cell: the layers listed are one winding, from outside in, and repeat down to the core. */
      readonly kind: 'cylinder'
      /** Outer radius of the winding in mm. */
      readonly radius: number
      /** Radius of the hollow core in mm. */
      readonly core: number
    }

/** How the cell is built. */
export type CellFormat =
  | {
      /** A coin cell, with or without windows. */
      readonly kind: 'coin'
      /** `CR2032`. */
      readonly size?: string | undefined
    }
  | {
      /** A pouch cell. */
      readonly kind: 'pouch'
    }
  | {
      /** A cell in a tube between two plungers. */
      readonly kind: 'swagelok'
    }
  | {
      /** A cell within a capillary. */
      readonly kind: 'capillary'
    }
  | {
      /** A wound cylindrical cell. */
      readonly kind: 'cylindrical'
      /** `18650`. */
      readonly size?: string | undefined
    }
  | {
      /** An infrared cell on an internal-reflection crystal: the first layer, of role `crystal`. */
      readonly kind: 'atr'
      /** Angle of incidence within the crystal in degrees. */
      readonly incidence: number
      /** Refractive index of the crystal. */
      readonly refractiveIndex: number
      /** Number of reflections. */
      readonly reflections: number
    }
  | {
      /** A liquid between two membranes: the first and the last layer. */
      readonly kind: 'liquid'
    }
  | {
      /** Anything else. */
      readonly kind: 'custom'
      /** What it is. */
      readonly description: string
    }

/** The electrodes of a cell. */
export type ElectrodeName = 'working' | 'counter' | 'reference'

/** The substance that takes up and gives off ions. */
export interface ActiveMaterial {
  /** Formula of the unit that x counts ions in, as `parseFormula` reads it. */
  readonly formula: string
  /** Molar mass of the formula unit, g/mol. */
  readonly molarMass: number
  /** Composition x (Li, Na ... per formula unit) as assembled; absent if unknown. */
  readonly x0?: number | undefined
  /** Change of x per electron that leaves the electrode: -1 for one ion out at oxidation. */
  readonly dxPerElectron: number
}

/** A working or counter electrode. */
export interface Electrode {
  /** What it is called. */
  readonly name: string
  /** The active material; absent for what has none of interest. */
  readonly active?: ActiveMaterial | undefined
  /** Mass of active material in g. */
  readonly activeMass?: number | undefined
  /** Geometric area in cm². */
  readonly area?: number | undefined
  /** Nominal specific charge of the active material in mAh/g. */
  readonly specificCharge?: number | undefined
}

/** A reference electrode. */
export interface ReferenceElectrode {
  /** Its couple, as units name it: `Li/Li+`. */
  readonly couple: string
  /** Its potential in V against the standard hydrogen electrode, if known. */
  readonly potential?: number | undefined
}

/** The electrodes: two, or three with a reference. */
export interface Electrodes {
  /** The one under study; positive current oxidises it. */
  readonly working: Electrode
  /** The other one. */
  readonly counter: Electrode
  /** Of a three-electrode cell. Absent: potentials are against the counter electrode. */
  readonly reference?: ReferenceElectrode | undefined
}

/** A place that the beam has seen. */
export interface BeamSpot {
  /** What it is called. */
  readonly name: string
  /** Centre in mm across the cell, horizontal and vertical, on the beamline's axes. */
  readonly position: readonly [x: number, y: number]
  /** Full width at half maximum in µm, horizontal and vertical. */
  readonly size: readonly [horizontal: number, vertical: number]
  /** Absorbed dose in Gy: the sum up to now, or its course. */
  readonly dose: number | Variable
}

/** The electrochemical cell of an experiment, as plain data. Crystal cells are `UnitCell`. Made by `createCell`. */
export interface Cell {
  /** What it is called. */
  readonly name: string
  /** How it is built. */
  readonly format: CellFormat
  /** How its layers lie in the beam. */
  readonly geometry: CellGeometry
  /** The layers, in the order that `geometry` says. */
  readonly layers: readonly Layer[]
  /** Its electrodes. */
  readonly electrodes: Electrodes
  /** Temperature in K, or its course. */
  readonly temperature?: number | Variable | undefined
  /** Pressure on the stack in Pa, or its course. */
  readonly pressure?: number | Variable | undefined
  /** Where the beam went, and what it left. */
  readonly beamSpots: readonly BeamSpot[]
  /** What is known besides. */
  readonly meta: Meta
}
