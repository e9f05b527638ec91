/** The ARN of alias `prod` of a component's function. */
export const arn = (name: string): string =>
  `arn:aws:lambda:us-east-1:123456789012:function:rosa-${name}:prod`;

/** An account as it is registered. */
export const registration = {
  accountId: '123456789012',
  region: 'us-east-1',
  functions: {
    oidcProvisioner: arn('oidc-provisioner'),
    preflightChecker: arn('preflight-checker'),
    networkVerifier: arn('network-verifier'),
  },
  authentication: 'resource-policy',
  accessMode: 'lambda',
} as const;

/** An account that lets the platform assume a role, and falls back to OIDC/STS. */
export const dualRegistration = {
  ...registration,
  authentication: 'assume-role',
  accessMode: 'dual',
  invocationRoleArn: 'arn:aws:iam::123456789012:role/RosaRegionalPlatformAccess-us-east-1',
  oidcStsRoleArn: 'arn:aws:iam::123456789012:role/ManagedOpenShift-HCP-ROSA-Installer-Role',
  lambdaVersions: { oidcProvisioner: { version: '3', codeSha256: `${'a'.repeat(43)}=` } },
} as const;

/** A cluster as it is asked for. */
export const cluster = {
  name: 'dev1',
  region: 'us-east-1',
  vpcId: 'vpc-0a1b2c3d',
  subnetIds: ['subnet-0a1b2c3d', 'subnet-0b1b2c3d'],
};
