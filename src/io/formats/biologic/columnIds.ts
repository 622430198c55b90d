import type { BinaryType } from '../../bytes/readColumn.js'

/** How a column of an .mpr stands in the file, and what EC-Lab calls it in the text export. */
export interface ColumnId {
  /** Name with unit, as in an .mpt. */
  readonly name: string
  /** Type of its little-endian number. */
  readonly type: BinaryType
}

const f8 = (name: string): ColumnId => ({ name, type: 'f8' })
const f4 = (name: string): ColumnId => ({ name, type: 'f4' })
const u2 = (name: string): ColumnId => ({ name, type: 'u2' })
const u4 = (name: string): ColumnId => ({ name, type: 'u4' })

/**
 * Columns by their 16-bit id. (Readers that keep only the low byte of an id see 438 as 182, 441 as 185, 471 as 215, 880 as 112.)
 * Derived from files whose text export stands beside them; 883 and 884 are known by their width only.
 */
export const COLUMN_IDS: Readonly<Record<number, ColumnId>> = {
  4: f8('time/s'),
  5: f4('control/V/mA'),
  6: f4('Ewe/V'),
  7: f8('dq/mA.h'),
  8: f4('I/mA'),
  9: f4('Ece/V'),
  11: f8('<I>/mA'),
  13: f8('(Q-Qo)/mA.h'),
  16: f4('Analog IN 1/V'),
  17: f4('Analog IN 2/V'),
  19: f4('control/V'),
  20: f4('control/mA'),
  23: f8('dQ/mA.h'),
  24: f8('cycle number'),
  32: f4('freq/Hz'),
  33: f4('|Ewe|/V'),
  34: f4('|I|/A'),
  35: f4('Phase(Z)/deg'),
  36: f4('|Z|/Ohm'),
  37: f4('Re(Z)/Ohm'),
  38: f4('-Im(Z)/Ohm'),
  39: u2('I Range'),
  70: f4('P/W'),
  74: f8('|Energy|/W.h'),
  76: f4('<I>/mA'),
  77: f4('<Ewe>/V'),
  96: f4('|Ece|/V'),
  98: f4('Phase(Zce)/deg'),
  99: f4('|Zce|/Ohm'),
  100: f4('Re(Zce)/Ohm'),
  101: f4('-Im(Zce)/Ohm'),
  123: f8('Energy charge/W.h'),
  124: f8('Energy discharge/W.h'),
  125: f8('Capacitance charge/µF'),
  126: f8('Capacitance discharge/µF'),
  131: u2('Ns'),
  168: f4('Rcmp/Ohm'),
  169: f4('Cs/µF'),
  172: f4('Cp/µF'),
  174: f4('<Ewe>/V'),
  430: f4('Phase(Zwe-ce)/deg'),
  431: f4('|Zwe-ce|/Ohm'),
  432: f4('Re(Zwe-ce)/Ohm'),
  433: f4('-Im(Zwe-ce)/Ohm'),
  434: f4('(Q-Qo)/C'),
  435: f4('dQ/C'),
  438: f8('step time/s'),
  441: f4('<Ece>/V'),
  467: f8('Q charge/discharge/mA.h'),
  468: u4('half cycle'),
  469: u4('z cycle'),
  471: f4('<Ece>/V'),
  473: f4('THD Ewe/%'),
  474: f4('THD I/%'),
  476: f4('NSD Ewe/%'),
  477: f4('NSD I/%'),
  479: f4('NSR Ewe/%'),
  480: f4('NSR I/%'),
  486: f4('|Ewe h2|/V'),
  487: f4('|Ewe h3|/V'),
  488: f4('|Ewe h4|/V'),
  489: f4('|Ewe h5|/V'),
  490: f4('|Ewe h6|/V'),
  491: f4('|Ewe h7|/V'),
  492: f4('|I h2|/A'),
  493: f4('|I h3|/A'),
  494: f4('|I h4|/A'),
  495: f4('|I h5|/A'),
  496: f4('|I h6|/A'),
  497: f4('|I h7|/A'),
  880: f8('Energy we/W.h'),
  883: f8('unknown_883'),
  884: f8('unknown_884'),
}

/** Ids that share one byte of flags, with their bits. */
export const FLAG_IDS: Readonly<Record<number, { readonly name: string; readonly mask: number; readonly shift: number }>> = {
  1: { name: 'mode', mask: 0x03, shift: 0 },
  2: { name: 'ox/red', mask: 0x04, shift: 2 },
  3: { name: 'error', mask: 0x08, shift: 3 },
  21: { name: 'control changes', mask: 0x10, shift: 4 },
  31: { name: 'Ns changes', mask: 0x20, shift: 5 },
  65: { name: 'counter inc.', mask: 0x80, shift: 7 },
}

/** Techniques by the first byte of the settings, as far as files with both exports prove them. */
export const TECHNIQUES: Readonly<Record<number, string>> = {
  4: 'Galvanostatic Cycling with Potential Limitation',
  11: 'Open Circuit Voltage',
  25: 'Chronopotentiometry',
  28: 'Wait',
  29: 'Potentio Electrochemical Impedance Spectroscopy',
  50: 'IR compensation (PEIS)',
  118: 'Constant Current',
  127: 'Modulo Bat',
}
