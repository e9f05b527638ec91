import { withShortPauses } from '../../../shared/aws/short-pauses.ts';
import type { Instruments } from '../../../shared/operation/instruments.ts';
import { queueOf } from '../../../shared/reconcile/aws-queues.ts';
import { deleteDependents, deleteOrphans } from '../../../shared/reconcile/cascade.ts';
import type { DistributorDependencies } from '../../../shared/reconcile/distribute.ts';
import { accountIdKind } from '../../account/account-ids.ts';
import { wakeClaims } from '../../account-claim/wake-claims.ts';
import { wakePools } from '../../account-pool/wake-pools.ts';
import { countStandings } from '../../counts/count-standings.ts';
import { wakeAccesses } from '../../federated-access/wake-accesses.ts';
import { accountsMetrics } from '../../observability/accounts-metrics.ts';
import { readGauges } from '../../observability/read-gauges.ts';
import { reportGauges } from '../../observability/report-gauges.ts';
import { organizationLimitKind } from '../../organization-limit/organization-limit.ts';
import { accountKind } from '../../resources/account.ts';
import { accountClaimKind } from '../../resources/account-claim.ts';
import { accountPoolKind } from '../../resources/account-pool.ts';
import { federatedAccessKind } from '../../resources/aws-federated-account-access.ts';
import { federatedRoleKind } from '../../resources/aws-federated-role.ts';
import { accountSettings } from '../../settings.ts';
import { storeOf } from '../real-world.ts';
import type { environment } from './environment.ts';

/** What distributing works with in the real world. */
export const dependencies =
  (variables: ReturnType<typeof environment>) =>
  ({ instrument: given }: Instruments): Omit<DistributorDependencies, 'reporter'> => {
    const instrument = withShortPauses(given);
    const store = storeOf(variables, instrument);
    const queue = queueOf(variables, instrument);
    const metrics = accountsMetrics();
    const { awsLimit, defaultAccountPool } = accountSettings();
    return {
      store,
      queue,
      kinds: [
        accountPoolKind.kind,
        accountKind.kind,
        accountClaimKind.kind,
        organizationLimitKind,
        federatedRoleKind.kind,
        federatedAccessKind.kind,
      ],
      observers: [
        countStandings(store),
        wakePools({ store, queue }),
        wakeClaims({ store, queue, defaultAccountPool }),
        wakeAccesses({ store, queue }),
        deleteDependents(store),
      ],
      onSweep: async () => {
        await deleteOrphans(store, [accountKind.kind, accountIdKind]);
        reportGauges(metrics, await readGauges(store, { awsLimit, now: new Date() }));
      },
      now: () => new Date(),
    };
  };
