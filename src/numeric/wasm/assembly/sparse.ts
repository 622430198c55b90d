// AssemblyScript: a sparse matrix times a vector, a tile of inputs at a time: pixels shared among bins. Weights are single, values and sums double.
import { VECTOR } from './vectors'

// Of each tile: order, 16-bit offsets of the inputs; weights; blocks, a list of 32-bit numbers: width, number of runs, then first output
// and number of entries of each run.

/** One weight, or two, as doubles. */
// @ts-ignore: decorator
@inline function weightsAt(p: usize, two: bool): v128 {
  return f64x2.promote_low_f32x4(two ? v128.load64_zero(p) : v128.load32_zero(p))
}
// @ts-ignore: decorator
@inline function valueAt(order: usize, values: usize): v128 { return v128.load64_splat(values + (<usize>load<u16>(order) << 3)) }
// @ts-ignore: decorator
@inline function none(): v128 { return f64x2.splat(0) }
// @ts-ignore: decorator
@inline function accumulate(p: usize, a: v128, two: bool): void {
  if (two) v128.store(p, f64x2.add(v128.load(p), a))
  else store<f64>(p, load<f64>(p) + f64x2.extract_lane(a, 0))
}

/** Up to six columns of all entries of a block; `columns` is known when compiling. */
// @ts-ignore: decorator
@inline function products(columns: i32, order: usize, weights: usize, stride: usize, runs: usize, runCount: i32, values: usize, sums: usize): void {
  for (; runCount > 0; runCount--, runs += 8) {
    const out = sums + (<usize>load<u32>(runs) << 3)
    let count = load<i32>(runs, 4)
    let a0 = none(), a1 = none(), a2 = none(), b0 = none(), b1 = none(), b2 = none()
    for (; count > 1; count -= 2) {
      const x = valueAt(order, values)
      const y = valueAt(order + 2, values)
      order += 4
      a0 = f64x2.add(a0, f64x2.mul(x, weightsAt(weights, columns > 1)))
      if (columns > 2) a1 = f64x2.add(a1, f64x2.mul(x, weightsAt(weights + 8, columns > 3)))
      if (columns > 4) a2 = f64x2.add(a2, f64x2.mul(x, weightsAt(weights + 16, columns > 5)))
      weights += stride
      b0 = f64x2.add(b0, f64x2.mul(y, weightsAt(weights, columns > 1)))
      if (columns > 2) b1 = f64x2.add(b1, f64x2.mul(y, weightsAt(weights + 8, columns > 3)))
      if (columns > 4) b2 = f64x2.add(b2, f64x2.mul(y, weightsAt(weights + 16, columns > 5)))
      weights += stride
    }
    if (count > 0) {
      const x = valueAt(order, values)
      order += 2
      a0 = f64x2.add(a0, f64x2.mul(x, weightsAt(weights, columns > 1)))
      if (columns > 2) a1 = f64x2.add(a1, f64x2.mul(x, weightsAt(weights + 8, columns > 3)))
      if (columns > 4) a2 = f64x2.add(a2, f64x2.mul(x, weightsAt(weights + 16, columns > 5)))
      weights += stride
    }
    accumulate(out, f64x2.add(a0, b0), columns > 1)
    if (columns > 2) accumulate(out + VECTOR, f64x2.add(a1, b1), columns > 3)
    if (columns > 4) accumulate(out + 2 * VECTOR, f64x2.add(a2, b2), columns > 5)
  }
}

/** Up to four columns, and the same with squared weights. */
// @ts-ignore: decorator
@inline function squares(
  columns: i32, order: usize, weights: usize, stride: usize, runs: usize, runCount: i32, values: usize, sums: usize, sumsOfSquares: usize,
): void {
  for (; runCount > 0; runCount--, runs += 8) {
    const place = <usize>load<u32>(runs) << 3
    let a0 = none(), a1 = none(), s0 = none(), s1 = none()
    for (let count = load<i32>(runs, 4); count > 0; count--) {
      const x = valueAt(order, values)
      order += 2
      const w0 = weightsAt(weights, columns > 1)
      const p0 = f64x2.mul(x, w0)
      a0 = f64x2.add(a0, p0)
      s0 = f64x2.add(s0, f64x2.mul(p0, w0))
      if (columns > 2) {
        const w1 = weightsAt(weights + 8, columns > 3)
        const p1 = f64x2.mul(x, w1)
        a1 = f64x2.add(a1, p1)
        s1 = f64x2.add(s1, f64x2.mul(p1, w1))
      }
      weights += stride
    }
    accumulate(sums + place, a0, columns > 1)
    accumulate(sumsOfSquares + place, s0, columns > 1)
    if (columns > 2) {
      accumulate(sums + place + VECTOR, a1, columns > 3)
      accumulate(sumsOfSquares + place + VECTOR, s1, columns > 3)
    }
  }
}

/** Adds weight x value of a tile to the sums. */
export function sparseProducts(order: usize, weights: usize, blocks: usize, blockCount: i32, values: usize, sums: usize): void {
  for (; blockCount > 0; blockCount--) {
    const width = load<i32>(blocks)
    const runCount = load<i32>(blocks, 4)
    const entries = load<i32>(blocks, 8)
    const runs = blocks + 12
    const stride = <usize>width << 2
    let column = weights
    let out = sums
    let left = width
    for (; left > 6; left -= 4, column += 16, out += 32) products(4, order, column, stride, runs, runCount, values, out)
    if (left == 1) products(1, order, column, stride, runs, runCount, values, out)
    else if (left == 2) products(2, order, column, stride, runs, runCount, values, out)
    else if (left == 3) products(3, order, column, stride, runs, runCount, values, out)
    else if (left == 4) products(4, order, column, stride, runs, runCount, values, out)
    else if (left == 5) products(5, order, column, stride, runs, runCount, values, out)
    else products(6, order, column, stride, runs, runCount, values, out)
    order += <usize>entries << 1
    weights += stride * entries
    blocks = runs + (<usize>runCount << 3)
  }
}

/** Adds weight x value and weight² x value of a tile to two lists of sums. */
export function sparseSquares(
  order: usize, weights: usize, blocks: usize, blockCount: i32, values: usize, sums: usize, sumsOfSquares: usize,
): void {
  for (; blockCount > 0; blockCount--) {
    const width = load<i32>(blocks)
    const runCount = load<i32>(blocks, 4)
    const entries = load<i32>(blocks, 8)
    const runs = blocks + 12
    const stride = <usize>width << 2
    let column = weights
    let out = sums
    let out2 = sumsOfSquares
    let left = width
    for (; left > 4; left -= 4, column += 16, out += 32, out2 += 32) squares(4, order, column, stride, runs, runCount, values, out, out2)
    if (left == 1) squares(1, order, column, stride, runs, runCount, values, out, out2)
    else if (left == 2) squares(2, order, column, stride, runs, runCount, values, out, out2)
    else if (left == 3) squares(3, order, column, stride, runs, runCount, values, out, out2)
    else squares(4, order, column, stride, runs, runCount, values, out, out2)
    order += <usize>entries << 1
    weights += stride * entries
    blocks = runs + (<usize>runCount << 3)
  }
}

/** Two neighbouring values as doubles. */
// @ts-ignore: decorator
@inline function two<T>(p: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(p)
  if (isFloat<T>()) return f64x2.promote_low_f32x4(v128.load64_zero(p))
  if (sizeof<T>() == 4) {
    return isSigned<T>() ? f64x2.convert_low_i32x4_s(v128.load64_zero(p)) : f64x2.convert_low_i32x4_u(v128.load64_zero(p))
  }
  const wide = isSigned<T>() ? i32x4.extend_low_i16x8_s(v128.load32_zero(p)) : i32x4.extend_low_i16x8_u(v128.load32_zero(p))
  return f64x2.convert_low_i32x4_s(wide)
}

/** Values as doubles, those outside least to most and dummies as 0; tells how many of these are used. `count` is even. */
// @ts-ignore: decorator
@inline function prepare<T>(raw: usize, count: i32, used: usize, least: f64, most: f64, dummy: f64, values: usize): i32 {
  const low = f64x2.splat(least), high = f64x2.splat(most), hole = f64x2.splat(dummy)
  let bad = 0
  for (; count > 0; count -= 2, raw += 2 * sizeof<T>(), values += VECTOR, used += 2) {
    const v = two<T>(raw)
    const good = v128.andnot(v128.and(f64x2.ge(v, low), f64x2.le(v, high)), f64x2.eq(v, hole))
    v128.store(values, v128.and(v, good))
    if (!i64x2.all_true(good)) {
      bad += (i64x2.extract_lane(good, 0) == 0 ? <i32>load<u8>(used) : 0) + (i64x2.extract_lane(good, 1) == 0 ? <i32>load<u8>(used, 1) : 0)
    }
  }
  return bad
}

export function prepare_u16(raw: usize, count: i32, used: usize, least: f64, most: f64, dummy: f64, values: usize): i32 {
  return prepare<u16>(raw, count, used, least, most, dummy, values)
}
export function prepare_i32(raw: usize, count: i32, used: usize, least: f64, most: f64, dummy: f64, values: usize): i32 {
  return prepare<i32>(raw, count, used, least, most, dummy, values)
}
export function prepare_u32(raw: usize, count: i32, used: usize, least: f64, most: f64, dummy: f64, values: usize): i32 {
  return prepare<u32>(raw, count, used, least, most, dummy, values)
}
export function prepare_f32(raw: usize, count: i32, used: usize, least: f64, most: f64, dummy: f64, values: usize): i32 {
  return prepare<f32>(raw, count, used, least, most, dummy, values)
}
export function prepare_f64(raw: usize, count: i32, used: usize, least: f64, most: f64, dummy: f64, values: usize): i32 {
  return prepare<f64>(raw, count, used, least, most, dummy, values)
}
