// What runs in the page: bundled by scripts/build-page-client.mjs into ../pageClient.generated.ts (`npm run page-client`).
import { mountFigure } from './mountFigure.js'

const roots = [...document.querySelectorAll<HTMLElement>('figure.operando-figure')]
for (const root of roots) mountFigure(root)
// on a page of one figure the keys are at hand at once
if (roots.length === 1) roots[0]!.focus({ preventScroll: true })
