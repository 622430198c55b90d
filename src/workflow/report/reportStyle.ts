/** Style of the report; stands once in it. */
export const reportStyle: string = `
body { margin: 0; background: #fafafa; color: #1a1a1a; font: 15px/1.5 Helvetica, Arial, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 28px 32px 60px; background: #ffffff; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 36px 0 8px; padding-top: 10px; border-top: 1px solid #dddddd; }
h3 { font-size: 15px; margin: 18px 0 2px; }
.lead { color: #555555; margin: 0 0 18px; }
.notice { background: #fff4d6; border-left: 4px solid #e69f00; padding: 8px 12px; margin: 12px 0; }
ul.findings { font-size: 16px; padding-left: 20px; } ul.findings li { margin: 6px 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 8px 0; }
th, td { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid #eeeeee; vertical-align: top; }
th { font-weight: 600; border-bottom: 1px solid #999999; }
td.number, th.number { text-align: right; }
.verdict { font-weight: 600; }
.small { font-size: 13px; color: #555555; }
details { margin: 8px 0; } summary { cursor: pointer; }
pre { background: #f6f6f6; padding: 8px 12px; overflow-x: auto; font-size: 12px; line-height: 1.35; }
code { font-size: 12px; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: 12px; }
figure.operando-figure { margin: 8px 0 4px; }
@media print { body { background: #ffffff; } main { max-width: none; padding: 0; } details { display: block; } }
`
