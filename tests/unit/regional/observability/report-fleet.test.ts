import { describe, expect, it } from '@jest/globals';
import { divided } from '../../../../regional/fleet/progress.ts';
import { regionalMetrics } from '../../../../regional/observability/regional-metrics.ts';
import { reportFleet } from '../../../../regional/observability/report-fleet.ts';
import { captureOutput } from '../../../support/captured-output.ts';

describe('the gauges of the fleet', () => {
  it('count accounts and clusters of each access mode, none of them too', () => {
    const output = captureOutput();
    const accounts = divided(new Map([['lambda', 2]]));
    const clusters = divided(new Map([['dual', 5]]));
    reportFleet(regionalMetrics(), { accounts, clusters });
    output.restore();
    const told = output.records().map(({ access_mode, Accounts, Clusters }) => ({
      access_mode,
      ...(Accounts !== undefined && { Accounts }),
      ...(Clusters !== undefined && { Clusters }),
    }));
    expect(told).toEqual([
      { access_mode: 'lambda', Accounts: 2 },
      { access_mode: 'dual', Accounts: 0 },
      { access_mode: 'oidc-sts', Accounts: 0 },
      { access_mode: 'lambda', Clusters: 0 },
      { access_mode: 'dual', Clusters: 5 },
      { access_mode: 'oidc-sts', Clusters: 0 },
    ]);
  });
});
