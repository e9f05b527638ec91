/** On paper: light, everything open, nothing cut, no controls. */
export const print = `
@page { margin: 14mm; }
@page drawing { size: landscape; margin: 10mm; }
@media print {
  body { padding: 0; background: #fff; font-size: 10.5pt; }
  .skip, .hint:has(a), .about a { display: none; }
  .text { max-width: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  details > summary { list-style: none; color: var(--soft); }
  .scroll { overflow: visible; }
  .wide .sheet { page: drawing; }
  table { font-size: .72rem; overflow-wrap: break-word; }
  th, td { padding-right: .5rem; }
  th[scope="col"] { white-space: normal; }
  figure, .legend { border: 0; }
  figure .scroll { padding: 0; }
  svg { min-width: 0; max-width: 100%; max-height: 235mm; break-inside: avoid; }
  .wide svg { max-height: 165mm; }
  .check { break-inside: auto; background: none; }
  .finding, .hop, tr, .verdict, .counts { break-inside: avoid; }
  h2, h3, h4, h5, h6, caption { break-after: avoid; }
  .badge, .dot, .swatch, .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main > section { margin-top: 2rem; }
}
`;
