import {
  DeleteVpcEndpointServiceConfigurationsCommand,
  type EC2Client,
  paginateDescribeVpcEndpointServiceConfigurations,
  type UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import { AwsCallError, awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { Leftovers } from '../leftovers.ts';

const deleting = 'ec2:DeleteVpcEndpointServiceConfigurations';

/** The call succeeds for services that it could not delete, too. */
function refusalOf({ Error: refusal }: UnsuccessfulItem): AwsCallError {
  const { Code: name = 'Unsuccessful', Message: message = 'AWS does not say why' } = refusal ?? {};
  return new AwsCallError(deleting, Object.assign(new Error(message), { name }));
}

const isGoing = (state: string): boolean => state === 'Deleting' || state === 'Deleted';

/** Services that the account offers through endpoints of others. */
export const vpcEndpointServices = (ec2: EC2Client): Leftovers => ({
  ids: async () => {
    const action = 'ec2:DescribeVpcEndpointServiceConfigurations';
    const services = await listing(
      action,
      paginateDescribeVpcEndpointServiceConfigurations({ client: ec2 }, {}),
      (page) => page.ServiceConfigurations,
      (service) => told(action, service, 'ServiceId', 'ServiceState'),
    );
    return services.filter(({ ServiceState }) => !isGoing(ServiceState)).map(({ ServiceId }) => ServiceId);
  },
  remove: async (id) => {
    const command = new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] });
    const ended = await unlessMissing(awsCall(deleting, () => ec2.send(command)));
    const [refused] = ended?.Unsuccessful ?? [];
    const refusal = refused && refusalOf(refused);
    if (refusal && refusal.failure !== 'not-found') throw refusal;
  },
});
