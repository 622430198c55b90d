import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolatePuOr,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic'
import { OperandoError } from '../../core/errors.js'

/**
 * Colour maps that stay readable for colour-blind eyes: `viridis` (default), `cividis`, `magma`, `inferno`, `grey` (black to white), `greyReversed`
 * (white to black, as films), and the diverging `rdbu` (blue low, white centre, red high) and `puor` (orange low, purple high).
 */
export type ColorMapName = 'viridis' | 'cividis' | 'magma' | 'inferno' | 'grey' | 'greyReversed' | 'rdbu' | 'puor'

const grey = (t: number): string => `rgb(${Math.round(255 * t)},${Math.round(255 * t)},${Math.round(255 * t)})`

const MAPS: Record<ColorMapName, (t: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  magma: interpolateMagma,
  inferno: interpolateInferno,
  grey,
  greyReversed: t => grey(1 - t),
  rdbu: t => interpolateRdBu(1 - t),
  puor: t => interpolatePuOr(1 - t),
}

function rgbOf(color: string): [number, number, number] {
  if (color.startsWith('#')) {
    const n = Number.parseInt(color.slice(1), 16)
    return [(n >> 16) & 255, (n >> 8) & 255, n & 255]
  }
  const [r, g, b] = color.match(/\d+/g)!.map(Number)
  return [r!, g!, b!]
}

/**
 * A colour of a map as `#rrggbb`.
 * @param name The map.
 * @param t    0 (low) to 1 (high); clamped.
 * @throws OperandoError `E_ARGUMENT` for a map that does not exist.
 */
export function colorOf(name: ColorMapName, t: number): string {
  const map = MAPS[name]
  if (!map) {
    throw new OperandoError('E_ARGUMENT', `No colour map "${name}"; there are ${Object.keys(MAPS).join(', ')}.`)
  }
  const [r, g, b] = rgbOf(map(Math.min(1, Math.max(0, t))))
  return `#${((1 << 24) | (r << 16) | (g << 8) | b).toString(16).slice(1)}`
}

/**
 * The palette of an indexed image: 256 x r, g, b; index 0 is kept for "no value" (transparent), 1 to 255 run through the map.
 * @param name The map.
 */
export function paletteOf(name: ColorMapName): Uint8Array {
  const out = new Uint8Array(768)
  for (let i = 1; i < 256; i++) out.set(rgbOf(colorOf(name, (i - 1) / 254)), 3 * i)
  return out
}

/** Colours of curves that colour-blind eyes tell apart (Okabe and Ito, 2008), yellow left out: it does not show on white. */
export const CURVE_COLORS: readonly string[] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#333333']
