/**
 * Whole numbers from their third differences, written as varints with zigzag signs (`differences` of scripts/tables/common.py).
 * @param bytes  The bytes of a table.
 * @param length How many numbers each column has.
 * @returns All columns that the bytes hold.
 */
export function unpackDifferences(bytes: Uint8Array, length: number): Float64Array[] {
  const columns: Float64Array[] = []
  let at = 0
  while (at < bytes.length) {
    const column = new Float64Array(length)
    for (let i = 0; i < length; i++) {
      let code = 0
      // products, not shifts: differences at an edge exceed 32 bits
      for (let weight = 1; ; weight *= 128) {
        const byte = bytes[at++]!
        code += (byte & 127) * weight
        if (byte < 128) break
      }
      column[i] = code % 2 === 0 ? code / 2 : -(code + 1) / 2
    }
    for (let order = 0; order < 3; order++) for (let i = 1; i < length; i++) column[i]! += column[i - 1]!
    columns.push(column)
  }
  return columns
}

/**
 * Decimal numbers from their places in the ascending list of all positive decimals of so many digits (`place` of scripts/tables/common.py).
 * @param places Places.
 * @param digits Significant digits.
 */
export function decimalsOfPlaces(places: Float64Array, digits: number): Float64Array {
  const first = 10 ** (digits - 1)
  return places.map(place => {
    const exponent = Math.floor(place / (9 * first))
    const mantissa = place - exponent * 9 * first + first
    // dividing by an exact power of ten gives the double that the decimal text would
    return exponent < 0 ? mantissa / 10 ** -exponent : mantissa * 10 ** exponent
  })
}
