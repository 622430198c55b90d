/** Style of figures in a page; stands once in it. */
export const pageStyle: string = `
.operando-figure { margin: 1em 0; max-width: 100%; width: fit-content; font: 13px Helvetica, Arial, sans-serif; color: #1a1a1a; }
.operando-figure:focus-visible { outline: 2px solid #56b4e9; outline-offset: 2px; }
.operando-picture { position: relative; width: fit-content; max-width: 100%; cursor: crosshair; touch-action: pan-y; user-select: none; -webkit-user-select: none; }
.operando-picture > svg { display: block; max-width: 100%; height: auto; }
.operando-picture > .operando-overlay { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.operando-hair, .operando-hair-halo, .operando-cut, .operando-cut-halo { fill: none; shape-rendering: crispEdges; }
.operando-hair { stroke: #1a1a1a; stroke-width: 1; }
.operando-hair-halo { stroke: #ffffff; stroke-width: 3; opacity: 0.55; }
.operando-cut { stroke: #1a1a1a; stroke-width: 1; stroke-dasharray: 5 4; }
.operando-cut-halo { stroke: #ffffff; stroke-width: 2; opacity: 0.8; }
.operando-box { fill: #56b4e9; fill-opacity: 0.25; stroke: #0072b2; }
.operando-bar { display: flex; gap: 1em; align-items: baseline; justify-content: space-between; min-height: 2.9em; }
.operando-readout { flex: 1; line-height: 1.4; font-variant-numeric: tabular-nums; }
.operando-readout span { display: inline-block; margin-right: 1.1em; white-space: nowrap; }
.operando-buttons { white-space: nowrap; }
.operando-buttons button { font: inherit; padding: 2px 8px; margin-left: 4px; border: 1px solid #bbbbbb; border-radius: 3px; background: #f6f6f6; color: inherit; cursor: pointer; }
.operando-cuts { display: flex; flex-wrap: wrap; }
.operando-cuts svg { max-width: 100%; height: auto; }
.operando-figure figcaption { color: #555555; max-width: 760px; }
@media print { .operando-bar, .operando-overlay { display: none; } }
`
