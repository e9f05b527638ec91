/** What a support case says besides its subject. */
interface CaseSettings {
  serviceCode: string;
  categoryCode: string;
  issueType: string;
  severityCode: string;
}

/** What an operator may set of the life of an account. Times are in seconds. */
export interface AccountSettings {
  /** What the e-mail addresses of accounts begin with. */
  emailId: string;
  emailDomain: string;
  /** The role that Organizations makes in each account. */
  operatorRole: string;
  adminUser: string;
  sreUser: string;
  /** For users and roles: `arn:<partition>:iam::aws:policy/AdministratorAccess`. */
  adminPolicyArn: string;
  /** Who may take on the role in accounts of customers, besides those who have its keys. */
  customerAccessArns: readonly string[];
  /** The role by which roles of customers are assumed. */
  stsJumpRoleArn: string;

  coveredRegions: readonly string[];
  instanceType: string;
  /** Whose image instances are made of, and its name, which may have `*`. */
  image: { owner: string; names: string };

  case: CaseSettings;

  /** Within which IAM users and keys must be made. */
  createPendTime: number;
  /** Within which all regions must have had their instance. */
  regionPendTime: number;
  /** Until an account that AWS is making is looked at again. */
  creationPollTime: number;
  /** Until an account is asked for again that AWS would not make right now. */
  creationRetryTime: number;
  /** Until what is not seen yet in a new account is looked for again. */
  retryTime: number;
  /** Until the instances of an account are looked at again. */
  regionPollTime: number;
  intervalAfterCaseCreation: number;
  intervalBetweenChecks: number;
  /** Until a case is opened that AWS would not open: it takes ten an hour. */
  caseRetryTime: number;
  /** After it, what was done is seen by everybody. Longer than IAM's and Organizations' own lag, which AWS does not bound. */
  settleTime: number;
  /** How long before their end temporary credentials are made anew. */
  rotateBefore: { cli: number; console: number };
  /** Whether temporary credentials are made anew before they end. */
  watchesCredentials: boolean;
}

/** The seed's constants, and upstream's where it says nothing. */
export const accountDefaults: AccountSettings = {
  emailId: 'osd-creds-mgmt',
  emailDomain: 'example.com',
  operatorRole: 'OrganizationAccountAccessRole',
  adminUser: 'osdManagedAdmin',
  sreUser: 'osdManagedAdminSRE',
  adminPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  customerAccessArns: [],
  stsJumpRoleArn: '',
  coveredRegions: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1'],
    ...['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
    ...['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
    'sa-east-1',
  ],
  instanceType: 't2.micro',
  image: { owner: 'amazon', names: 'al2023-ami-2023.*-x86_64' },
  case: {
    serviceCode: 'customer-account',
    categoryCode: 'other-account-issues',
    issueType: 'customer-service',
    severityCode: 'high',
  },
  createPendTime: 600,
  // Twice 25 minutes, for an instance to start and to end, and one more: upstream's.
  regionPendTime: 51 * 60,
  creationPollTime: 5,
  creationRetryTime: 15,
  retryTime: 5,
  regionPollTime: 10,
  intervalAfterCaseCreation: 30,
  intervalBetweenChecks: 30,
  caseRetryTime: 600,
  settleTime: 120,
  rotateBefore: { cli: 600, console: 180 },
  watchesCredentials: true,
};
