import {
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';

/** The OIDC providers of an account that belong to ROSA clusters. */
export interface RosaOidcProviders {
  /** ARNs of those that carry both tags of rosa-oidc-provisioner. The rosa command line may have made some of them. */
  list(): Promise<string[]>;
  /** One that is gone already is no error. */
  remove(arn: string): Promise<void>;
}

/** @throws AwsCallError */
export const rosaOidcProviders = (iam: IAMClient): RosaOidcProviders => ({
  list: async () => {
    const listed = await awsCall('iam:ListOpenIDConnectProviders', () =>
      iam.send(new ListOpenIDConnectProvidersCommand({})),
    );
    const arns = (listed.OpenIDConnectProviderList ?? []).flatMap(({ Arn }) => Arn ?? []);
    const owned = await Promise.all(arns.map((arn) => isOfRosa(iam, arn)));
    return arns.filter((_, index) => owned[index]);
  },
  remove: async (arn) => {
    const command = new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    await unlessMissing(awsCall('iam:DeleteOpenIDConnectProvider', () => iam.send(command)));
  },
});

/**
 * The rosa command line tags its providers with `red-hat-managed` too, and those of a single cluster with the
 * cluster's id: https://github.com/openshift/rosa/blob/master/pkg/aws/idps.go
 */
async function isOfRosa(iam: IAMClient, arn: string): Promise<boolean> {
  const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
  const found = await unlessMissing(awsCall('iam:GetOpenIDConnectProvider', () => iam.send(command)));
  const keys = new Set((found?.Tags ?? []).map(({ Key }) => Key));
  return keys.has('red-hat-managed') && keys.has('rosa_cluster_id');
}
