import type { AccountPreview } from '../shared/account/preview-account.ts';
import { exitCodes } from '../shared/cli/exit-codes.ts';
import { table } from '../shared/cli/table.ts';
import type { TemplateResource } from '../shared/customer-stack/template.ts';
import type { CommandOutcome } from './command.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: unknown;
}

const indented = (lines: string[]): string[] => lines.map((line) => `  ${line}`);

function statementLines({ Effect, Action, Resource, Condition }: Statement): string[] {
  return [
    `${Effect} ${[Action].flat().join(', ')}`,
    ...[Resource].flat().map((resource) => `  on ${resource}`),
    ...(Condition ? [`  if ${JSON.stringify(Condition)}`] : []),
  ];
}

const services: Record<string, string> = {
  'lambda.amazonaws.com': 'Lambda',
  'firehose.amazonaws.com': 'Firehose',
  'logs.amazonaws.com': 'CloudWatch Logs',
};

interface Trust {
  Principal: { Service?: string; AWS?: string };
  Condition?: unknown;
}

/** Who acts with a role: an AWS service, or another role under a condition. */
function assumedBy({ AssumeRolePolicyDocument }: TemplateResource['Properties']): string {
  const trust = AssumeRolePolicyDocument as { Statement: Trust[] } | undefined;
  const { Principal = {}, Condition }: Partial<Trust> = trust?.Statement[0] ?? {};
  const service = Principal.Service ?? '';
  const who = Principal.AWS ?? services[service] ?? service;
  return Condition ? `${who} assumes if ${JSON.stringify(Condition)}` : `${who} assumes`;
}

function roleLines(id: string, { Properties }: TemplateResource): string[] {
  const policies = (Properties.Policies ?? []) as {
    PolicyName: string;
    PolicyDocument: { Statement: Statement[] };
  }[];
  const boundary = Properties.PermissionsBoundary;
  return [
    '',
    `Role ${id}, which ${assumedBy(Properties)}${boundary ? `, bounded by ${boundary}` : ''}`,
    ...policies.flatMap(({ PolicyName, PolicyDocument }) => [
      `  ${PolicyName}`,
      ...indented(indented(PolicyDocument.Statement.flatMap(statementLines))),
    ]),
  ];
}

/** What a resource is known by beside its logical id. */
const nameOf = ({ Properties = {} }: TemplateResource): string => {
  const name = ownNames.find((property) => property in Properties);
  return String(name ? Properties[name] : '');
};

/** The properties that name a resource in the consoles. */
const ownNames = [
  ...['FunctionName', 'AlarmName', 'DashboardName', 'TopicName', 'DeliveryStreamName'],
  ...['Name', 'Endpoint', 'LogGroupName'],
];

function besideTheStack({ logGroups, permissions, registration }: AccountPreview): string[] {
  return [
    'Beside the stack, which "rosactl cleanup-account" removes except for the logs',
    ...indented([
      ...logGroups.map(
        ({ name, retentionDays, kmsKeyArn }) =>
          `log group ${name}, kept ${retentionDays} days${kmsKeyArn ? `, encrypted with ${kmsKeyArn}` : ''}`,
      ),
      ...permissions.map(
        ({ principal, action, resource }) => `permission: ${principal} may ${action} on ${resource}`,
      ),
      registration
        ? `registration with the Platform API: ${JSON.stringify(registration)}`
        : 'no registration: no address of the Platform API is known',
    ]),
  ];
}

/** What `setup-account --dry-run` has to say, for a security reviewer to read. */
export function previewOutcome(preview: AccountPreview): CommandOutcome {
  const { account, region, release, resources } = preview;
  const all = Object.entries(resources);
  const rows = all.map(([id, resource]) => [resource.Type, id, nameOf(resource)]);
  const roles = all.filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return {
    exitCode: exitCodes.fine,
    data: preview,
    lines: [
      `Release ${release} in account ${account}, ${region}. Nothing has been changed; this is what would be made:`,
      '',
      'Stack rosa-lambda-access',
      ...indented(table(rows)),
      ...roles.flatMap(([id, role]) => roleLines(id, role)),
      '',
      ...besideTheStack(preview),
      '',
      '"--output json" has every property of every resource.',
    ],
  };
}
