import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Figure } from '../figure.js'
import { escapeXml } from '../svgOf.js'
import type { PageDataOptions } from './boundedSpec.js'
import { pageParts } from './pageParts.js'

/** Options of {@link figurePage}. */
export interface FigurePageOptions extends PageDataOptions {
  /** Title of the page, and the heading above several figures. Default none. */
  title?: string | undefined
}

const OPTIONS: FieldsOf<FigurePageOptions> = { title: true, maxCells: true, maxPoints: true }

/**
 * A page of one or more figures that needs nothing else: data, style and script are in it, it opens from a folder, and its own policy forbids
 * it any traffic.
 * @param figures The figures, from the top.
 * @param options Title, how much data.
 * @throws OperandoError `E_RANGE` for a limit below one.
 * @example
 * ```ts
 * import { figurePage, linePlot } from 'operando/plot'
 * const x = { values: [1, 2, 3], label: 'q', unit: '1/Å' }
 * const figures = [1, 2].map(k => linePlot({ x, y: [k, 5, 2], label: 'Intensity', unit: 'counts' }))
 * const page = await figurePage(figures, { title: 'Two patterns' })
 * page.startsWith('<!doctype html>') // true
 * ```
 */
export async function figurePage(figures: readonly Pick<Figure, 'fragment'>[], options: FigurePageOptions = {}): Promise<string> {
  assertKnown(options, 'figurePage options', OPTIONS)
  const { title, ...data } = options
  if (!Array.isArray(figures)) throw new OperandoError('E_ARGUMENT', 'figurePage: a list of figures was expected.')
  const { style, script, policy } = await pageParts()
  const fragments = await Promise.all(figures.map(figure => figure.fragment(data)))
  const heading = title && figures.length > 1 ? `<h1>${escapeXml(title)}</h1>\n` : ''
  return (
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    `<meta name="viewport" content="width=device-width">\n<title>${escapeXml(title ?? 'Figure')}</title>\n` +
    `<style>body { margin: 16px; font-family: Helvetica, Arial, sans-serif; background: #ffffff; }${style}</style>\n</head>\n<body>\n` +
    `${heading}${fragments.join('')}<script>${script}</script>\n</body>\n</html>\n`
  )
}
