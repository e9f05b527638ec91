import { fleetDashboardBody } from '../../../observability/dashboards/fleet-dashboard.ts';
import { regionDashboardBody } from '../../../observability/dashboards/region-dashboard.ts';
import type { DashboardBody } from '../../../observability/dashboards/widgets.ts';
import { accounts } from '../sample/day.ts';
import { dashboardPage } from './page.ts';

const values: Record<string, string> = {
  'AWS::Region': 'us-east-1',
  Accounts: '',
  OidcProvisionerName: 'rosa-oidc-provisioner',
  PreflightCheckerName: 'rosa-preflight-checker',
  NetworkVerifierName: 'rosa-network-verifier',
  'param:oidcProvisionerName': 'rosa-oidc-provisioner',
  'param:preflightCheckerName': 'rosa-preflight-checker',
  'param:networkVerifierName': 'rosa-network-verifier',
};

/** As the framework and CloudFormation fill a body in; `${!` stands for `${`. */
function filledIn(body: DashboardBody): DashboardBody {
  const filled = JSON.stringify(body).replaceAll(
    /\$\{([\w:]+)\}/g,
    (all, name: string) => values[name] ?? all,
  );
  return JSON.parse(filled.replaceAll('${!', '${')) as DashboardBody;
}

/** The pictures in docs/images/ that show a dashboard. */
export type DashboardName = 'dashboard' | 'fleet-dashboard';

/** The pages that the pictures are taken of: a region's dashboard, which shows one account, and the fleet's. */
export const dashboardPages = (): Record<DashboardName, string> => ({
  dashboard: dashboardPage(
    'rosa-lambda-access-us-east-1',
    filledIn(regionDashboardBody(true)),
    accounts.slice(0, 1),
  ),
  'fleet-dashboard': dashboardPage(
    'rosa-lambda-access-fleet-us-east-1',
    filledIn(fleetDashboardBody),
    accounts,
  ),
});
