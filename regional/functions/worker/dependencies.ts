import type { Instruments } from '../../../shared/operation/instruments.ts';
import { queueOf } from '../../../shared/reconcile/aws-queues.ts';
import type { DriverDependencies } from '../../../shared/reconcile/driver.ts';
import { awsAccess } from '../../access/aws/aws-access.ts';
import { clusterController } from '../../clusters/cluster-controller.ts';
import { regionalMetrics } from '../../observability/regional-metrics.ts';
import { stepReporter } from '../../observability/report-step.ts';
import { storeOf } from '../real-world.ts';
import type { environment } from './environment.ts';

/** What the controllers work with in the real world. */
export const dependencies =
  (settings: ReturnType<typeof environment>) =>
  ({ logger, instrument }: Instruments): Omit<DriverDependencies, 'reporter'> => {
    const { AWS_REGION: region, TABLE_NAME: table, PARTITION: partition, OIDC_THUMBPRINT } = settings;
    const { INSTALLER_CALLER_ROLE_ARN: installerCallerRoleArn } = settings;
    const store = storeOf(settings, instrument);
    const clusters = clusterController({
      store,
      access: awsAccess({ table, region, partition, installerCallerRoleArn }, instrument),
      settings: {
        outagePauseSeconds: settings.OUTAGE_PAUSE_SECONDS,
        ...(OIDC_THUMBPRINT && { oidcThumbprint: OIDC_THUMBPRINT }),
      },
      report: stepReporter(logger, regionalMetrics()),
    });
    return { store, queue: queueOf(settings, instrument), controllers: [clusters] };
  };
