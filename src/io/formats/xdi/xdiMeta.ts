import { isElement } from '../../../core/elements.js'
import type { Meta } from '../../../model/dataset.js'
import type { ReadContext } from '../../format.js'
import { scanStart } from '../../scans/scanDatasets.js'
import type { XdiHeader } from './xdiHeader.js'

/** Absorption edges by name, as XDI lists them. */
const EDGE = /^(K|L[123]?|M[1-5]?|N[1-7]?|O[1-7]?)$/

/** Distance of the reflecting planes in Å, or `undefined`. Programs write the key in three ways. */
export function spacingOf({ lower }: XdiHeader): number | undefined {
  const text = lower['mono.d_spacing'] ?? lower['mono.dspacing'] ?? lower['mono.d-spacing']
  const value = text === undefined ? Number.NaN : Number.parseFloat(text)
  return Number.isFinite(value) && value > 0 ? value : undefined
}

/**
 * What the fields tell: element and edge, spacing of the monochromator, sample, beamline, moment. What is missing or makes no sense is a doubt, as the
 * format asks; the numbers do not depend on it.
 * @param header  The header.
 * @param context Where doubts go.
 */
export function xdiMeta(header: XdiHeader, context: ReadContext): Meta {
  const { lower, fields } = header
  const element = lower['element.symbol'] ?? lower['scanparameters.element']
  const edge = lower['element.edge'] ?? lower['scanparameters.edge']
  if (element === undefined || !isElement(element))
    context.warn('W_XDI', `Element.symbol is ${element === undefined ? 'missing' : `"${element}", which is no element`}.`)
  if (edge === undefined || !EDGE.test(edge))
    context.warn('W_XDI', `Element.edge is ${edge === undefined ? 'missing' : `"${edge}", which is no edge (K, L3, ...)`}.`)
  const spacingText = lower['mono.d_spacing'] ?? lower['mono.dspacing']
  const spacing = spacingOf(header)
  if (spacingText !== undefined && spacing === undefined)
    context.warn('W_XDI', `Mono.d_spacing is "${spacingText}": a number of ångström was expected.`)
  checkQuantity(lower, 'sample.temperature', /^(K|C|F|degC|degK)$/i, context)
  checkQuantity(lower, 'facility.energy', /^(GeV|MeV|eV)$/i, context)
  checkQuantity(lower, 'facility.current', /^(mA|A)$/i, context)
  const start = scanStart(lower['scan.start_time'], context)
  const sample = lower['sample.name'] ?? lower['sample.formula']
  const instrument = [lower['facility.name'], lower['beamline.name']].filter(Boolean).join(' ')
  return {
    ...(sample === undefined || sample === '' ? {} : { sample }),
    ...(instrument === '' ? {} : { instrument }),
    ...(start ? { start } : {}),
    extra: {
      ...(element === undefined ? {} : { element }),
      ...(edge === undefined ? {} : { edge }),
      ...(spacing === undefined ? {} : { dSpacing: spacing }),
      xdi: { version: header.version, application: header.application },
      fields,
      ...(header.comments.length > 0 ? { comments: header.comments } : {}),
    },
  }
}

/** `300 K`: a number and one of the units; words such as "room temperature" are common and left alone. */
function checkQuantity(lower: XdiHeader['lower'], key: string, units: RegExp, context: ReadContext): void {
  const text = lower[key]
  if (text === undefined || !/^[-+.\d]/.test(text)) return
  const [, number = '', unit = ''] = /^([-+.\deE]*)\s*(.*)$/.exec(text) ?? []
  if (number === '' || !Number.isFinite(Number(number)) || (unit !== '' && !units.test(unit)))
    context.warn('W_XDI', `${key} is "${text}": a number and its unit were expected.`)
}
