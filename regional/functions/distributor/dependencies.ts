import type { Instruments } from '../../../shared/operation/instruments.ts';
import { queueOf } from '../../../shared/reconcile/aws-queues.ts';
import type { DistributorDependencies } from '../../../shared/reconcile/distribute.ts';
import { countFailures } from '../../alerts/consecutive-failures.ts';
import { clusterKind } from '../../clusters/cluster.ts';
import { fleetProgress } from '../../fleet/read-progress.ts';
import { regionalMetrics } from '../../observability/regional-metrics.ts';
import { reportFailures } from '../../observability/report-failures.ts';
import { reportFleet } from '../../observability/report-fleet.ts';
import { storeOf } from '../real-world.ts';
import type { environment } from './environment.ts';

/** What distributing works with in the real world. */
export const dependencies =
  (settings: ReturnType<typeof environment>) =>
  ({ logger, instrument }: Instruments): Omit<DistributorDependencies, 'reporter'> => {
    const store = storeOf(settings, instrument);
    const metrics = regionalMetrics();
    return {
      store,
      queue: queueOf(settings, instrument),
      kinds: [clusterKind],
      observers: [
        async (changes) => {
          const count = await countFailures(store, changes);
          if (count) reportFailures(logger, metrics, count);
        },
      ],
      onSweep: async () => reportFleet(metrics, await fleetProgress(store)),
      now: () => new Date(),
    };
  };
