/** The page: its measure, its type, its header. */
export const page = `
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: 2.5rem clamp(1rem, 4vw, 3rem) 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
.text { max-width: 60rem; margin-inline: auto; }
h1, h2, h3, h4, h5, h6 { margin: 0; line-height: 1.25; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.6vw, 2.1rem); letter-spacing: -.015em; }
h2 { font-size: 1.4rem; letter-spacing: -.01em; }
h3 { font-size: 1.05rem; }
p, ul, ol, dl, figure { margin: 0; }
ul, ol { padding: 0; list-style: none; }
code { font: .875em/1.4 var(--mono); }
a { color: var(--accent); text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
[tabindex="-1"]:focus { outline: none; }
summary { cursor: pointer; width: fit-content; color: var(--accent); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -10rem; padding: .6rem 1rem; background: var(--ground); z-index: 1; }
.skip:focus { top: 1rem; }
main > section { margin-top: 3.5rem; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
.hint { color: var(--soft); font-size: .9375rem; max-width: 46rem; margin-top: .4rem; }
.count { color: var(--soft); font-weight: 450; font-variant-numeric: tabular-nums; margin-left: .25em; }
h4 .count { margin-left: .6em; }
.note { margin-top: 1rem; padding: .8rem 1.1rem; border: 1px solid var(--line); border-left-width: 4px; border-radius: 8px;
  background: var(--ground); }
.note.warning { border-left-color: var(--warning); background: var(--warning-ground); }
.note ul { padding-left: 1.1rem; list-style: disc; margin-top: .3rem; }
.badge { display: inline-grid; place-items: center; width: 1.4em; height: 1.4em; margin-right: .55em; border-radius: 50%;
  flex: none; font: 700 .8em/1 var(--sans); color: var(--ground); }
.badge.failed { background: var(--failed); } .badge.warning { background: var(--warning); }
.badge.passed { background: var(--passed); }
.verdict { margin-top: 1.4rem; padding: 1.1rem 1.3rem; border-radius: 12px; border: 1px solid; }
.verdict p { display: flex; align-items: center; font-size: 1.2rem; font-weight: 600; line-height: 1.3; }
.verdict.failed { color: var(--failed); background: var(--failed-ground); }
.verdict.warning { color: var(--warning); background: var(--warning-ground); }
.verdict.passed { color: var(--passed); background: var(--passed-ground); }
.failures { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin-top: .7rem; padding-left: 1.9rem; }
.failures a, .failures li { color: inherit; }
.counts ul { display: grid; grid-template-columns: repeat(3, 1fr); gap: .8rem; margin-top: .8rem; }
.counts a, .counts .zero { display: flex; align-items: baseline; gap: .55rem; flex-wrap: wrap; padding: .8rem 1.2rem;
  background: var(--ground); border: 1px solid var(--line); border-radius: 12px; color: var(--ink); text-decoration: none; }
.counts a:hover { border-color: currentcolor; }
.counts strong { font-size: 1.7rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.counts .failed a { color: var(--failed); } .counts .warning a { color: var(--warning); }
.counts .passed a { color: var(--passed); } .counts .zero { color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin-top: 1.6rem; }
.facts dt { color: var(--soft); font-size: .8125rem; }
.facts dd { margin: 0; font-size: .9375rem; }
`;
