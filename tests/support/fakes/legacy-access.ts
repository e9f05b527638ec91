import type { LegacyReader, OidcProvider, Role } from '../../../shared/legacy-access/legacy-facts.ts';
import { type Recorded, recorded } from './recorded.ts';

export const issuer = 'oidc.op1.openshiftapps.com/2f3a1c7e';
export const providerArn = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
export const installerOfRedHat = 'arn:aws:iam::710019948333:role/RH-Managed-OpenShift-Installer';
const supportOfRedHat = 'arn:aws:iam::710019948333:role/RH-Technical-Support-Access';

/** The OIDC provider of a cluster as the rosa command line makes it. */
export const rosaProvider = (differences: Partial<OidcProvider> = {}): OidcProvider => ({
  arn: providerArn,
  clientIds: ['openshift', 'sts.amazonaws.com'],
  thumbprints: ['917e732d330f9a12404f73d8bea36948b929dffc'],
  tags: { 'red-hat-managed': 'true', rosa_cluster_id: '2f3a1c7e' },
  ...differences,
});

/** A role with a trust policy of these statements. */
export const role = (name: string, ...statements: object[]): Role => ({
  name,
  arn: `arn:aws:iam::123456789012:role/${name}`,
  trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
});

/** Lets in the ingress operator of the cluster; what is given takes the place of its parts. */
export const operatorStatement = (differences: object = {}): object => ({
  Effect: 'Allow',
  Principal: { Federated: providerArn },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: {
      [`${issuer}:sub`]: ['system:serviceaccount:openshift-ingress-operator:ingress-operator'],
    },
  },
  ...differences,
});

export const operatorRoleName = 'my-cluster-openshift-ingress-operator-cloud-credentials';

export const operatorRole = (differences: object = {}): Role =>
  role(operatorRoleName, operatorStatement(differences));

/** Lets somebody assume an account role. */
export const assumedBy = (principal: unknown, differences: object = {}): object => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...differences,
});

/** The account roles as the rosa command line makes them. */
export const accountRoles = (prefix = 'mine-HCP'): Role[] => [
  role(`${prefix}-ROSA-Installer-Role`, assumedBy({ AWS: [installerOfRedHat] })),
  role(`${prefix}-ROSA-Support-Role`, assumedBy({ AWS: supportOfRedHat })),
  role(`${prefix}-ROSA-Worker-Role`, assumedBy({ Service: 'ec2.amazonaws.com' })),
];

/** What an account with one cluster has; may be changed while it is in use. */
export interface LegacyAccount {
  providers: OidcProvider[];
  roles: Role[];
  tags: Record<string, Record<string, string>>;
}

export const legacyAccount = (differences: Partial<LegacyAccount> = {}): LegacyAccount => ({
  providers: [rosaProvider()],
  roles: [operatorRole(), ...accountRoles()],
  tags: {},
  ...differences,
});

/** Reads an account in memory. */
export const fakeLegacy = (account = legacyAccount()): Recorded<LegacyReader> =>
  recorded<LegacyReader>({
    providers: async () => account.providers,
    roles: async () => account.roles,
    roleTags: async (name) => account.tags[name] ?? {},
  });
