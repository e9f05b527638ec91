/** The drawing, its legend, the ways below it and the tables. Sizes of text are those of drawing/text.ts. */
export const drawing = `
figure { max-width: max(60rem, calc(var(--width) + 2.2rem)); margin: 1.2rem auto 0; background: var(--ground); border: 1px solid var(--line); border-radius: 14px; }
.scroll { overflow-x: auto; border-radius: 14px; }
figure .scroll { padding: 1rem; }
svg { display: block; width: 100%; height: auto; max-width: var(--width); min-width: calc(var(--width) * .8); margin-inline: auto; }
svg text { font-family: var(--sans); fill: var(--ink); unicode-bidi: isolate; white-space: pre; }
svg .name { font-size: 12.5px; font-weight: 650; } svg .note { font-size: 10.5px; fill: var(--soft); }
svg .code { font-size: 10px; font-family: var(--mono); fill: var(--soft); }
.vpc { fill: none; stroke: var(--ink); stroke-width: 1.5; opacity: .55; }
.outline { fill: var(--sunken); fill-opacity: .55; stroke: var(--line); stroke-dasharray: 3 4; }
.zone .note { font-weight: 600; }
.box { fill: var(--ground); stroke: var(--route); stroke-width: 1.2; }
.ground { fill: var(--ground); stroke: none; opacity: .85; }
.public > .box { fill: var(--public); stroke: var(--public-line); }
.private > .box { fill: var(--private); stroke: var(--private-line); }
.unknown > .box { fill: var(--unknown); stroke: var(--unknown-line); }
.beside > .box { fill-opacity: .45; stroke-dasharray: 2 3; }
.gone > .box { stroke-dasharray: 5 4; fill: var(--sunken); }
.internet > .box { fill: var(--ink); stroke: none; }
svg .internet text { fill: var(--page); text-anchor: middle; }
svg .block { fill: var(--failed); font-weight: 700; }
svg .table { fill: var(--ink); }
.line { fill: none; stroke: var(--route); stroke-width: 1.4; }
.tip { fill: var(--route); }
.halo { fill: none; stroke: var(--ground); stroke-width: 4.5; }
.way { visibility: hidden; } .way.blocked { visibility: visible; }
.way .line { stroke-width: 3; stroke: var(--passed); } .way .tip { fill: var(--passed); }
.way.unknown .line { stroke: var(--warning); stroke-dasharray: 1 5; stroke-linecap: round; } .way.unknown .tip { fill: var(--warning); }
.way.blocked .line { stroke: var(--failed); stroke-dasharray: 7 5; }
svg .badge circle { fill: var(--failed); stroke: var(--ground); stroke-width: 1.5; } svg .badge.warning circle { fill: var(--warning); }
svg .sign { font-size: 10px; font-weight: 700; text-anchor: middle; fill: var(--ground); }
svg:has(.way:target) .way:not(:target), :root:has([data-way]:is(:hover, :focus-within)) .way { opacity: .12; }
:root:has([data-way]:is(:hover, :focus-within), .way:target) .routes { opacity: .4; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.4rem; padding: .7rem 1.1rem; border-top: 1px solid var(--line);
  font-size: .8125rem; color: var(--soft); }
.legend li { display: flex; align-items: center; gap: .5rem; }
.swatch { width: 1.5rem; height: .85rem; border: 1.5px solid var(--route); border-radius: 3px; flex: none; background: var(--ground); }
.swatch.public { background: var(--public); border-color: var(--public-line); }
.swatch.private { background: var(--private); border-color: var(--private-line); }
.swatch.unknown { background: var(--unknown); border-color: var(--unknown-line); }
.swatch.beside { border-style: dotted; } .swatch.gone { border-style: dashed; background: var(--sunken); }
.swatch.route, .swatch.blocked { height: 0; border-width: 1.5px 0 0; border-radius: 0; background: none; }
.swatch.blocked { border-top: 3px dashed var(--failed); }
.drawing h3 { margin-top: 1.6rem; }
.ways { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); gap: .5rem; margin-top: .7rem; }
.ways a { display: flex; align-items: baseline; gap: .6rem; height: 100%; padding: .5rem .8rem; background: var(--ground);
  border: 1px solid var(--line); border-radius: 8px; color: var(--ink); text-decoration: none; font-size: .9rem; }
.ways a:hover { border-color: var(--accent); }
table { border-collapse: collapse; width: 100%; margin-top: 1.1rem; font-size: .875rem; overflow-wrap: normal; }
caption { text-align: left; font-weight: 650; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); }
th[scope="row"] { font-weight: 450; } th[scope="col"] { color: var(--soft); font-weight: 500; white-space: nowrap; }
`;
