import { unzlibSync } from 'fflate'

/**
 * The text of a generated table: base64 of zlib.
 * @param packed What a script of scripts/tables wrote.
 */
export function unpackText(packed: string): string {
  return new TextDecoder().decode(unpackBytes(packed))
}

/**
 * The bytes of a generated table: base64 of zlib.
 * @param packed What a script of scripts/tables wrote.
 */
export function unpackBytes(packed: string): Uint8Array {
  const letters = atob(packed)
  const bytes = new Uint8Array(letters.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i)
  return unzlibSync(bytes)
}

/**
 * The line of an element in a table that has one each.
 * @param packed The table.
 * @param number Atomic number.
 */
export function unpackLine(packed: string, number: number): string {
  return unpackText(packed).split('\n')[number - 1] ?? ''
}

/**
 * The columns of numbers of a table: semicolons between columns, commas between numbers.
 * @param packed The table.
 */
export function unpackColumns(packed: string): Float64Array[] {
  return unpackText(packed)
    .split(';')
    .map(column => Float64Array.from(column.split(','), Number))
}
