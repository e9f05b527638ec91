import { detailsList } from './details-list.ts';
import { drawingSection } from './drawing-section.ts';
import { findingsSection, type Surroundings } from './findings-section.ts';
import { header } from './header.ts';
import { Html, html } from './html.ts';
import type { Report } from './report.ts';
import { stylesFor } from './styles/styles.ts';
import { waysOf } from './ways.ts';

/** Nothing may be loaded and nothing run: https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Names by id, of the subnets that have one. */
function namesIn({ topology }: Report): Surroundings['nameOf'] {
  const names = new Map(topology?.subnets.map(({ id, name }) => [id, name?.trim()]));
  return (id) => names.get(id) || id;
}

const asked = (request: object): Html => html`
<section class="text" aria-labelledby="asked">
  <h2 id="asked">What was asked</h2>
  ${detailsList(request)}
</section>`;

/**
 * A report as one page that needs nothing else: no script, font, picture or style from elsewhere.
 * @returns the whole HTML document
 */
export function reportPage(report: Report): string {
  const ways = waysOf(report.findings);
  const around = { ways, nameOf: namesIn(report), isDrawn: report.topology !== undefined };
  return html`${new Html('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.title}: ${report.summary.status}</title>
<style>${new Html(stylesFor(ways))}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${header(report)}
<main>
${drawingSection(report, around)}
${findingsSection(report.findings, around)}
${asked(report.asked)}
</main>
<footer class="text"><p>Written by rosactl. This page loads nothing and runs no script.</p></footer>
</body>
</html>
`.text;
}
