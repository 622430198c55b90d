/** What a PONI file tells: `createGeometry` of `operando/scattering` takes it as it is; what the file leaves out (shape, wavelength) can be added by spreading it. */
export interface PoniSettings {
  /** Sample to the point of normal incidence, m. */
  readonly dist: number
  /** The point of normal incidence along axis 1 (rows), m. */
  readonly poni1: number
  /** The same along axis 2 (columns), m. */
  readonly poni2: number
  /** Rotations, rad. */
  readonly rot1: number
  /** See rot1. */
  readonly rot2: number
  /** See rot1. */
  readonly rot3: number
  /** Wavelength, Å. (The file has metres.) */
  readonly wavelength?: number | undefined
  /** Name of the detector, as the file has it; left out where it names none in particular. */
  readonly detector?: string | undefined
  /** Rows and columns of a frame. */
  readonly shape?: readonly [number, number] | undefined
  /** Height of a pixel, m. */
  readonly pixel1?: number | undefined
  /** Width of a pixel, m. */
  readonly pixel2?: number | undefined
  /** How frames lie on the detector, as EXIF has it; files before version 2.1 do not say. */
  readonly orientation?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | undefined
}
