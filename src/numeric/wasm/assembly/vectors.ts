// AssemblyScript: names for the SIMD moves that kernels share. T is f32 (four lanes) or f64 (two).

/** Bytes of a vector. */
export const VECTOR: usize = 16

// @ts-ignore: decorator
@inline export function add<T>(a: v128, b: v128): v128 { return v128.add<T>(a, b) }
// @ts-ignore: decorator
@inline export function sub<T>(a: v128, b: v128): v128 { return v128.sub<T>(a, b) }
// @ts-ignore: decorator
@inline export function mul<T>(a: v128, b: v128): v128 { return v128.mul<T>(a, b) }

/** One number from memory in all lanes. */
// @ts-ignore: decorator
@inline export function loadSplat<T>(p: usize): v128 {
  return sizeof<T>() == 8 ? v128.load64_splat(p) : v128.load32_splat(p)
}

/** Real parts of interleaved complex numbers in a, b. */
// @ts-ignore: decorator
@inline export function evens<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 8 ? v128.shuffle<f64>(a, b, 0, 2) : v128.shuffle<f32>(a, b, 0, 2, 4, 6)
}
/** Imaginary parts of interleaved complex numbers in a, b. */
// @ts-ignore: decorator
@inline export function odds<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 8 ? v128.shuffle<f64>(a, b, 1, 3) : v128.shuffle<f32>(a, b, 1, 3, 5, 7)
}
/** Interleaves the first halves of a and b. */
// @ts-ignore: decorator
@inline export function zipLow<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 8 ? v128.shuffle<f64>(a, b, 0, 2) : v128.shuffle<f32>(a, b, 0, 4, 1, 5)
}
/** Interleaves the second halves of a and b. */
// @ts-ignore: decorator
@inline export function zipHigh<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 8 ? v128.shuffle<f64>(a, b, 1, 3) : v128.shuffle<f32>(a, b, 2, 6, 3, 7)
}
/** Sum of the lanes. */
// @ts-ignore: decorator
@inline export function sumLanes<T>(a: v128): T {
  if (sizeof<T>() == 8) return <T>(f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1))
  return <T>(
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
  )
}
/** Sum of the lanes of a and that of b, as doubles. */
// @ts-ignore: decorator
@inline export function sumPair<T>(a: v128, b: v128): v128 {
  const sums = add<T>(zipLow<T>(a, b), zipHigh<T>(a, b))
  if (sizeof<T>() == 8) return sums
  return f64x2.promote_low_f32x4(f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 2, 3)))
}
