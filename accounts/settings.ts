import { list, optional, readEnvironment } from '../shared/environment.ts';

/** What the controllers can be told. What is not told is as the seed has it: docs/accounts/README.md#settings */
export interface AccountSettings {
  /** Accounts that the organization may have, the payer's own included. Undefined: nobody knows, so none is made. */
  awsLimit: number | undefined;
  /** Begins the names of accounts, and the e-mail addresses of their root users. */
  emailId: string;
  /** Ends these addresses. Undefined: there is nowhere to write to, so no account is made. */
  emailDomain: string | undefined;
  /** The role by which an account is entered; Organizations makes it. */
  accountOperatorIAMRole: string;
  /** The pool of claims that name none. */
  defaultAccountPool: string;
  iamUserNameUHC: string;
  iamUserNameSRE: string;
  /** Seconds in which an account must have left the state Creating. */
  createPendSeconds: number;
  /** Seconds in which all regions must have been tried. */
  regionInitSeconds: number;
  coveredRegions: readonly string[];
  awsInstanceType: string;
  /** What the support case asks for: so many of this type. */
  desiredInstanceType: string;
  caseDesiredInstanceLimit: number;
  supportCase: { categoryCode: string; serviceCode: string; issueType: string; severityCode: string };
  intervalAfterCaseCreationSecs: number;
  intervalBetweenChecksSecs: number;
  /** Accounts that are never entered, besides the payer's own. */
  blockedAccountIds: readonly string[];
  /** Who else may assume the administrators' role in customers' own accounts. */
  ccsAccessArn: string | undefined;
  /** The role through which roles of customers are assumed. */
  stsJumpRoleArn: string | undefined;
}

/** The constants of the seed. What depends on the organization is not told. */
export const seedSettings: AccountSettings = {
  awsLimit: undefined,
  emailId: 'osd-creds-mgmt',
  emailDomain: undefined,
  accountOperatorIAMRole: 'OrganizationAccountAccessRole',
  defaultAccountPool: 'osd-creds-mgmt',
  iamUserNameUHC: 'osdManagedAdmin',
  iamUserNameSRE: 'osdManagedAdminSRE',
  createPendSeconds: 600,
  // Twice the 25 minutes in which an instance must have come up, and one: upstream's.
  regionInitSeconds: 3_060,
  coveredRegions: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1'],
    ...['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'ap-northeast-1'],
    ...['ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'sa-east-1'],
  ],
  awsInstanceType: 't2.micro',
  desiredInstanceType: 'm5.xlarge',
  caseDesiredInstanceLimit: 25,
  supportCase: {
    categoryCode: 'other-account-issues',
    serviceCode: 'customer-account',
    issueType: 'customer-service',
    severityCode: 'high',
  },
  intervalAfterCaseCreationSecs: 30,
  intervalBetweenChecksSecs: 30,
  blockedAccountIds: [],
  ccsAccessArn: undefined,
  stsJumpRoleArn: undefined,
};

/** A whole number above 0; undefined for any other text: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const count = (text: string | undefined): number | undefined =>
  text && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;

/** A number of seconds. */
function seconds(text: string | undefined): number | undefined {
  if (text && !/^[1-9]\d*$/.test(text)) throw new Error(`must be a whole number of seconds, not "${text}"`);
  return count(text);
}

/** The variables of the settings; one that is not set leaves what the seed has. */
const settingsVariables = {
  /** A text that is no number is as good as none: no account is made. */
  AWS_LIMIT: count,
  EMAIL_ID: optional,
  EMAIL_DOMAIN: optional,
  ACCOUNT_OPERATOR_IAM_ROLE: optional,
  DEFAULT_ACCOUNT_POOL: optional,
  CREATE_PEND_SECONDS: seconds,
  REGION_INIT_SECONDS: seconds,
  COVERED_REGIONS: list,
  AWS_INSTANCE_TYPE: optional,
  INTERVAL_AFTER_CASE_CREATION_SECS: seconds,
  INTERVAL_BETWEEN_CHECKS_SECS: seconds,
  BLOCKED_ACCOUNT_IDS: list,
  CCS_ACCESS_ARN: optional,
  STS_JUMP_ROLE_ARN: optional,
};

/** What is told takes the place of what is not. */
const told = <Value extends object>(value: Value): Partial<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<Value>;

/** The settings of the environment. @throws Error that names every variable that is wrong */
export function accountSettings(source?: Record<string, string | undefined>): AccountSettings {
  const read = readEnvironment(settingsVariables, source);
  const { COVERED_REGIONS: regions } = read;
  return {
    ...seedSettings,
    ...told({
      awsLimit: read.AWS_LIMIT,
      emailId: read.EMAIL_ID,
      emailDomain: read.EMAIL_DOMAIN,
      accountOperatorIAMRole: read.ACCOUNT_OPERATOR_IAM_ROLE,
      defaultAccountPool: read.DEFAULT_ACCOUNT_POOL,
      createPendSeconds: read.CREATE_PEND_SECONDS,
      regionInitSeconds: read.REGION_INIT_SECONDS,
      coveredRegions: regions.length > 0 ? regions : undefined,
      awsInstanceType: read.AWS_INSTANCE_TYPE,
      intervalAfterCaseCreationSecs: read.INTERVAL_AFTER_CASE_CREATION_SECS,
      intervalBetweenChecksSecs: read.INTERVAL_BETWEEN_CHECKS_SECS,
      blockedAccountIds: read.BLOCKED_ACCOUNT_IDS,
      ccsAccessArn: read.CCS_ACCESS_ARN,
      stsJumpRoleArn: read.STS_JUMP_ROLE_ARN,
    }),
  };
}
