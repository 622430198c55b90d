import type {
  Angle,
  Area,
  Length,
  Mass,
  MassDensity,
  Potential,
  Pressure,
  SpecificCharge,
  Temperature,
} from '../core/quantity.js'
import type { CellFormat, ElectrodeName, LayerRole } from './cell.js'
import type { VariableInput } from './createVariable.js'
import type { Meta } from './dataset.js'

/** A substance of a mixture, as `createCell` takes it. */
export interface ComponentInput {
  /** Formula: `LiNi0.8Mn0.1Co0.1O2`. */
  readonly formula: string
  /** Density of the substance itself: a number in g/cm³, or `'4.7 g/cm³'`. */
  readonly density: MassDensity
  /** Share of the mass. Default 1; those of a mixture sum to 1 within 0.001. */
  readonly massFraction?: number | undefined
  /** What it is called. */
  readonly name?: string | undefined
}

/** A mixture, as `createCell` takes it. */
export interface MaterialInput {
  /** What it is called. Default: the names or formulae of its components. */
  readonly name?: string | undefined
  /** Its substances. */
  readonly components: readonly ComponentInput[]
  /** Share of the volume that is pores, 0 to below 1. Default 0. */
  readonly porosity?: number | undefined
  /** What fills the pores. Default: nothing. */
  readonly filling?: readonly ComponentInput[] | undefined
}

/** A layer, as `createCell` takes it. */
export interface LayerInput {
  /** What it is for. */
  readonly role: LayerRole
  /** What it is called. Default: its material's name. */
  readonly name?: string | undefined
  /** Thickness: a number in µm, or `'25 µm'`. */
  readonly thickness: Length
  /** What it consists of: a mixture, or one substance. */
  readonly material: MaterialInput | ComponentInput
  /** For electrodes (needed) and collectors: whose. */
  readonly electrode?: ElectrodeName | undefined
  /** Diameter of a hole for the beam: a number in mm, or `'3 mm'`. */
  readonly hole?: Length | undefined
}

/** A geometry, as `createCell` takes it. */
export type CellGeometryInput =
  | {
      /** A flat stack; layers as the beam meets them. */
      readonly kind: 'flat'
      /** Angle between the beam and the normal in degrees. Default 0: straight through. */
      readonly tilt?: Angle | undefined
    }
  | {
      /** Concentric layers from outside to the axis. */
      readonly kind: 'capillary'
      /** Outer radius: a number in mm, or `'0.5 mm'`. */
      readonly radius: Length
    }
  | {
      /** Windings from outside in. */
      readonly kind: 'cylinder'
      /** Outer radius: a number in mm, or `'9 mm'`. */
      readonly radius: Length
      /** Radius of the core in mm. Default 0. */
      readonly core?: Length | undefined
    }

/** An active material, as `createCell` takes it. */
export interface ActiveMaterialInput {
  /** Formula of the unit that x counts ions in. */
  readonly formula: string
  /** Molar mass in g/mol. Default: from the formula with natural elements. */
  readonly molarMass?: number | undefined
  /** Composition as assembled. */
  readonly x0?: number | undefined
  /** Change of x per electron that leaves the electrode. Default -1. */
  readonly dxPerElectron?: number | undefined
}

/** An electrode, as `createCell` takes it. */
export interface ElectrodeInput {
  /** What it is called. Default: the formula of its active material, else `working` or `counter`. */
  readonly name?: string | undefined
  /** The active material. */
  readonly active?: ActiveMaterialInput | undefined
  /** Mass of active material: a number in g, or `'6.84 mg'`. */
  readonly activeMass?: Mass | undefined
  /** Geometric area: a number in cm², or `'113 mm²'`. */
  readonly area?: Area | undefined
  /** Nominal specific charge: a number in mAh/g. */
  readonly specificCharge?: SpecificCharge | undefined
}

/** A reference electrode, as `createCell` takes it. */
export interface ReferenceElectrodeInput {
  /** Its couple: `Li/Li+`. */
  readonly couple: string
  /** Its potential against the standard hydrogen electrode: a number in V. */
  readonly potential?: Potential | undefined
}

/** A beam spot, as `createCell` takes it. */
export interface BeamSpotInput {
  /** What it is called. Default: `spot 1`, `spot 2` ... */
  readonly name?: string | undefined
  /** Centre, horizontal and vertical: numbers in mm. */
  readonly position: readonly [x: Length, y: Length]
  /** Full width at half maximum, horizontal and vertical: numbers in µm. */
  readonly size: readonly [horizontal: Length, vertical: Length]
  /** Absorbed dose in Gy, or its course in a unit of dose. Default 0. */
  readonly dose?: number | VariableInput | undefined
}

/** What `createCell` takes. */
export interface CellInput {
  /** What it is called. Default: the kind of its format. */
  readonly name?: string | undefined
  /** How it is built, or the kind alone where it needs no more. */
  readonly format: CellFormat | 'coin' | 'pouch' | 'swagelok' | 'capillary' | 'cylindrical' | 'liquid'
  /** How its layers lie. Default: flat, straight through. */
  readonly geometry?: CellGeometryInput | undefined
  /** The layers, in the order that the geometry says. */
  readonly layers: readonly LayerInput[]
  /** The electrodes: two, or three with a reference. */
  readonly electrodes: {
    /** The one under study. */
    readonly working: ElectrodeInput
    /** The other one. */
    readonly counter: ElectrodeInput
    /** Of a three-electrode cell. */
    readonly reference?: ReferenceElectrodeInput | undefined
  }
  /** A number in K, `'25 °C'`, or its course. */
  readonly temperature?: Temperature | VariableInput | undefined
  /** A number in Pa, `'2 bar'`, or its course. */
  readonly pressure?: Pressure | VariableInput | undefined
  /** Where the beam goes. */
  readonly beamSpots?: readonly BeamSpotInput[] | undefined
  /** What is known besides. */
  readonly meta?: Meta | undefined
}
