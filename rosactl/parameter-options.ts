import type { CommandOption, OptionValues } from './command.ts';

/**
 * Days that CloudWatch Logs knows, from the service's audit rule of 90 on:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const retentions = [90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** An empty value takes away what was set before. */
const arn = (service: string, pattern: RegExp) => (value: string) =>
  value === '' || pattern.test(value) ? undefined : `It must be the ARN of a ${service}, or empty for none.`;

/**
 * The ARN of a profile without its version is none of these:
 * https://docs.aws.amazon.com/signer/latest/api/API_SigningProfile.html
 */
const signingProfileVersion =
  /^arn:[a-z-]+:signer:[a-z0-9-]+:\d{12}:\/signing-profiles\/[A-Za-z0-9_]{2,64}\/[A-Za-z0-9]{10}$/;

/** The stack's parameters (docs/parameters.md) by the option that sets each. */
const optionByParameter: Record<string, CommandOption> = {
  logRetentionDays: {
    flags: '--log-retention-days <days>',
    description: 'how long the log groups keep records (default: 90)',
    choices: retentions.map(String),
  },
  kmsKeyArn: {
    flags: '--kms-key-arn <arn>',
    description: 'customer managed key for environment variables, log groups, alarm topic and log archive',
    problem: arn('KMS key', /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/),
  },
  permissionsBoundaryArn: {
    flags: '--permissions-boundary-arn <arn>',
    description: 'managed policy that bounds the three roles',
    problem: arn('managed policy', /^arn:[a-z-]+:iam::(\d{12}|aws):policy\/.+$/),
  },
  signingProfileVersionArns: {
    flags: '--signing-profile-version-arns <arns>',
    description: 'profile versions of AWS Signer that code must be signed with, comma-separated',
    problem: (value) =>
      value === '' || value.split(',').every((one) => signingProfileVersion.test(one))
        ? undefined
        : 'It must be ARNs of versions of signing profiles, comma-separated, or empty for none.',
  },
  tracing: {
    flags: '--tracing <boolean>',
    description: 'whether traces go to X-Ray (default: false)',
    choices: ['true', 'false'],
  },
  reservedConcurrency: {
    flags: '--reserved-concurrency <number>',
    description: 'concurrent executions kept for each function',
    problem: (value) =>
      /^([1-9]\d*)?$/.test(value) ? undefined : 'It must be a whole number from 1, or empty for none.',
  },
  architecture: {
    flags: '--architecture <name>',
    description: 'processor of the functions (default: arm64)',
    choices: ['arm64', 'x86_64'],
  },
  oidcIssuerPattern: {
    flags: '--oidc-issuer-pattern <pattern>',
    description: 'host and path of the issuers that providers may be made for (default: *)',
  },
  networkVerifierSubnetIds: {
    flags: '--network-verifier-subnet-ids <ids>',
    description: 'subnets to attach the network verifier to, comma-separated',
  },
  networkVerifierSecurityGroupIds: {
    flags: '--network-verifier-security-group-ids <ids>',
    description: 'its security groups, comma-separated',
  },
  oidcProvisionerName: {
    flags: '--oidc-provisioner-name <name>',
    description: 'name of the function, at the first deploy',
  },
  preflightCheckerName: {
    flags: '--preflight-checker-name <name>',
    description: 'name of the function, at the first deploy',
  },
  networkVerifierName: {
    flags: '--network-verifier-name <name>',
    description: 'name of the function, at the first deploy',
  },
  alarms: {
    flags: '--alarms <boolean>',
    description: 'whether alarms watch the functions (default: true)',
    choices: ['true', 'false'],
  },
  alarmTopicArn: {
    flags: '--alarm-topic-arn <arn>',
    description: 'topic the alarms go to, instead of one of the stack',
    problem: arn('SNS topic', /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+$/),
  },
  alarmEndpoint: {
    flags: '--alarm-endpoint <address>',
    description: 'mail address or https address that is told of alarms',
    problem: (value) =>
      /^$|^https:\/\/\S+$|^[^\s@:]+@[^\s@:]+$/.test(value)
        ? undefined
        : 'It must be a mail address or an https address, or empty for none.',
  },
  dashboard: {
    flags: '--dashboard <boolean>',
    description: 'whether the region gets a dashboard (default: true)',
    choices: ['true', 'false'],
  },
  logArchive: {
    flags: '--log-archive <boolean>',
    description: 'whether the logs are archived in a bucket (default: false)',
    choices: ['true', 'false'],
  },
  logArchiveRetentionDays: {
    flags: '--log-archive-retention-days <days>',
    description: 'how long the archive keeps them (default: 2555)',
    problem: (value) =>
      /^\d+$/.test(value) && Number(value) >= 180 ? undefined : 'It must be a whole number of days from 180.',
  },
};

export const parameterOptions: CommandOption[] = Object.values(optionByParameter);

/** The stack's parameters among the options that were given. */
export function parametersIn(options: OptionValues): Record<string, string> {
  const given = Object.keys(optionByParameter).flatMap((name) => {
    const value = options[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(given);
}
