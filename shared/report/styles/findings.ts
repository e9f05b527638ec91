/** Findings, their details, and ways hop by hop. */
export const findings = `
.state { margin-top: 1.6rem; }
.check { margin-top: .8rem; background: var(--ground); border: 1px solid var(--line); border-left: 4px solid var(--line);
  border-radius: 10px; padding: 1rem 1.25rem 1.1rem; }
.check.failed { border-left-color: var(--failed); } .check.warning { border-left-color: var(--warning); }
.check.passed { border-left-color: var(--passed); }
.check h4 { display: flex; align-items: center; font-size: 1rem; }
.findings { padding-left: 1.85rem; }
.finding { margin-top: .7rem; }
.finding + .finding { padding-top: .9rem; border-top: 1px solid var(--line); }
.finding h5 { font-size: 1rem; margin-bottom: .25rem; }
.message { max-width: 46rem; }
.messages > li + li { margin-top: .3rem; }
.about { color: var(--soft); font-size: .9rem; margin-top: .15rem; }
.all > summary, .measured > summary { font-size: .9375rem; margin-top: .5rem; }
.details { display: grid; gap: .35rem; margin-top: .6rem; font-size: .9rem; }
.details > div { display: grid; grid-template-columns: minmax(7rem, 13rem) minmax(0, 1fr); gap: 0 1.2rem; }
.details dt { color: var(--soft); } .details dd { margin: 0; }
.details .details { margin-top: 0; }
.details .none { color: var(--soft); }
.words { display: flex; flex-wrap: wrap; gap: 0 .9rem; }
.things > li + li { margin-top: .5rem; padding-top: .5rem; border-top: 1px dashed var(--line); }
.directions { display: grid; gap: 1rem; margin-top: .6rem; }
.direction h6 { font-size: .8125rem; font-weight: 500; color: var(--soft); }
.hop { display: grid; grid-template-columns: 1.6rem minmax(7.5rem, 9.5rem) minmax(0, 13.5rem) minmax(0, 1fr); gap: 0 .6rem;
  align-items: baseline; padding: .28rem 0; font-size: .9rem; position: relative; }
.hop + .hop::before { content: ""; position: absolute; left: .58rem; top: -.5rem; height: .85rem; border-left: 2px solid var(--line); }
.hop .note { all: unset; color: var(--soft); }
.hop .note b { font-weight: 600; color: var(--ink); }
.dot { display: inline-grid; place-items: center; flex: none; width: 1.25rem; height: 1.25rem; border-radius: 50%;
  border: 2px solid var(--passed); color: var(--passed); background: var(--ground); font: 700 .7rem/1 var(--sans); }
.unknown > .dot { border-color: var(--warning); color: var(--warning); border-style: dotted; }
.blocked > .dot { border-color: var(--failed); background: var(--failed); color: var(--ground); }
.hop.blocked .note, .hop.blocked .note b { color: var(--failed); }
@media (max-width: 44rem) {
  .findings { padding-left: 0; }
  .details > div, .hop { grid-template-columns: 1fr; }
  .hop { grid-template-columns: 1.6rem 1fr; } .hop > :nth-child(n + 3) { grid-column: 2; }
  .counts a, .counts .zero { padding: .6rem .8rem; font-size: .9rem; flex-direction: column; gap: 0; }
}
`;
