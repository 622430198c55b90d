// AssemblyScript: scalar products of many vectors with each other.
import { add, mul, sumLanes, VECTOR } from './vectors'

// @ts-ignore: decorator
@inline function min4(a: usize): usize { return a }
export function dummy(): f64 { return 0 }
