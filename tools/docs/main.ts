import { writeFile } from 'node:fs/promises';
import { fleetDashboardTemplate } from '../../observability/dashboards/fleet-dashboard.ts';
import { accountResourcesPage } from './account-resources-page.ts';
import { checksPage } from './checks-page.ts';
import { costPage } from './cost-page.ts';
import { platformApiPage } from './platform-api-page.ts';

const written = {
  'docs/accounts/resources.md': accountResourcesPage(),
  'docs/checks.md': checksPage(),
  'docs/cost.md': costPage(),
  'docs/platform-api.md': platformApiPage(),
  'observability/cross-account/fleet-dashboard.json': `${JSON.stringify(fleetDashboardTemplate, undefined, 2)}\n`,
};

for (const [file, content] of Object.entries(written)) {
  await writeFile(new URL(`../../${file}`, import.meta.url), content);
}
