import type { Format } from '../format.js'
import { columns } from './columns.js'
import { gsas } from './gsas.js'
import { npy } from './npy.js'
import { npz } from './npz.js'

/** Every format that `open` knows. The order matters only between equally sure ones. */
export const FORMATS: readonly Format[] = [npy, npz, gsas, columns]
