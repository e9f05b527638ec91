import { withShortPauses } from '../../../shared/aws/short-pauses.ts';
import type { Instruments } from '../../../shared/operation/instruments.ts';
import { queueOf } from '../../../shared/reconcile/aws-queues.ts';
import type { DriverDependencies } from '../../../shared/reconcile/driver.ts';
import { accountController } from '../../account/account-controller.ts';
import { guardOfIds } from '../../account/account-ids.ts';
import { workSettings } from '../../account/account-settings.ts';
import { accountClaimController } from '../../account-claim/account-claim-controller.ts';
import { claimSettings } from '../../account-claim/claim-settings.ts';
import { accountPoolController } from '../../account-pool/account-pool-controller.ts';
import { randomSuffix } from '../../account-pool/new-account.ts';
import { awsPorts } from '../../aws/aws-ports.ts';
import { federatedAccessController } from '../../federated-access/federated-access-controller.ts';
import { federatedRoleController } from '../../federated-role/federated-role-controller.ts';
import { limitWatcher } from '../../organization-limit/limit-watcher.ts';
import { mayCreate } from '../../organization-limit/may-create.ts';
import { accountSettings } from '../../settings.ts';
import { storeOf } from '../real-world.ts';
import type { environment } from './environment.ts';

/** Where the console sends people whose session has ended, and the page that opens. */
const console = { issuer: 'https://console.redhat.com', destination: 'https://console.aws.amazon.com/' };

/** What the controllers work with in the real world. */
export const dependencies =
  (variables: ReturnType<typeof environment>) =>
  ({ instrument: given }: Instruments): Omit<DriverDependencies, 'reporter'> => {
    const instrument = withShortPauses(given);
    const { AWS_REGION: region, PARTITION: partition, SIGN_IN_ENDPOINT: endpoint } = variables;
    const settings = accountSettings();
    const work = workSettings(settings, partition);
    const { awsLimit, blockedAccountIds } = settings;
    const store = storeOf(variables, instrument);
    const guards = [guardOfIds(store)];
    const aws = awsPorts({
      instrument,
      region,
      partition,
      blockedAccountIds,
      guards,
      fetch,
      endpoint,
      ...console,
    });
    return {
      store,
      queue: queueOf(variables, instrument),
      controllers: [
        accountPoolController({ store, settings, suffix: randomSuffix }),
        accountController({
          store,
          aws,
          settings: work,
          mayCreate: mayCreate({ store, awsLimit }),
        }),
        accountClaimController({ store, aws, settings: claimSettings(work) }),
        limitWatcher({ store, organization: aws.organization }),
        federatedRoleController({ store, trials: aws.trials, settings: work }),
        federatedAccessController({ store, aws, settings: work, partition, suffix: randomSuffix }),
      ],
    };
  };
