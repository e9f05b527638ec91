import { componentNames } from '../../shared/customer-stack/components.ts';
import { ownNamespace } from '../lambda-metrics.ts';
import { ref, sub, when } from '../template.ts';
import { pascalCase } from '../watched-functions.ts';
import { type DashboardBody, expressionLine, graph, inRows, type Line, text } from './widgets.ts';

/** The template's parameter with the name that a function has in the customers' accounts. */
const nameParameter = (component: string): string => `${pascalCase(component)}Name`;

/**
 * A line for each account, named as its link names it. `${!` is CloudFormation's way to leave `${` alone:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
 */
const accountLabel = "${!PROP('AccountLabel')} ${!PROP('AccountId')}";

/**
 * A search finds the metrics of all linked accounts; `:aws.AccountId` narrows it down:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
const search = (schema: string, term: string, stat: string): string =>
  `SEARCH('{${schema}} ${term} \${Accounts}', '${stat}', 300)`;

const ofLambda = (component: string, metric: string, stat: string): string => {
  const name = `\${${nameParameter(component)}}`;
  return search(
    'AWS/Lambda,FunctionName,Resource',
    `MetricName="${metric}" FunctionName="${name}" Resource="${name}:prod"`,
    stat,
  );
};

/** One line for each function and account. */
const eachAccount = (metric: string, stat: string): Line[] =>
  componentNames.map((component, index) =>
    expressionLine(ofLambda(component, metric, stat), {
      id: `m${index}`,
      label: `${component} ${accountLabel}`,
    }),
  );

/** One line for each function: all accounts together. */
const together = (metric: string): Line[] =>
  componentNames.map((component, index) =>
    expressionLine(`SUM(${ofLambda(component, metric, 'Sum')})`, { id: `m${index}`, label: component }),
  );

const own = (schema: string, metric: string, label: string): Line[] => [
  expressionLine(search(`${ownNamespace},${schema}`, `MetricName="${metric}"`, 'Sum'), {
    id: 'm0',
    label: `${label} ${accountLabel}`,
  }),
];

/** The dashboard's body; `${Accounts}` and the functions' names are filled in by the template. */
export const fleetDashboardBody: DashboardBody = {
  start: '-PT24H',
  widgets: inRows(
    [
      text(
        '## ROSA Lambda Access in all linked accounts\n\nCalls of the alias `prod` in ${AWS::Region}. Each account has a dashboard of its own, `rosa-lambda-access-${AWS::Region}`.',
        2,
      ),
    ],
    [
      graph({ title: 'Calls', width: 12, unit: 'calls', lines: together('Invocations') }),
      graph({ title: 'Failed calls', width: 12, unit: 'calls', lines: together('Errors') }),
    ],
    [
      graph({
        title: 'Failed calls by account',
        width: 12,
        unit: 'calls',
        lines: eachAccount('Errors', 'Sum'),
      }),
      graph({
        title: 'Throttled calls by account',
        width: 12,
        unit: 'calls',
        lines: eachAccount('Throttles', 'Sum'),
      }),
    ],
    [
      graph({ title: 'Duration, p50', width: 8, unit: 'ms', lines: eachAccount('Duration', 'p50') }),
      graph({ title: 'Duration, p99', width: 8, unit: 'ms', lines: eachAccount('Duration', 'p99') }),
      graph({ title: 'Duration, longest', width: 8, unit: 'ms', lines: eachAccount('Duration', 'Maximum') }),
    ],
    [
      graph({
        title: 'Failed checks',
        width: 12,
        unit: 'findings',
        lines: own('service,check', 'check_failures', "${!PROP('Dim.check')}"),
      }),
      graph({
        title: 'Answers that time cut short',
        width: 12,
        unit: 'answers',
        lines: own('service', 'deadline_ended_answers', "${!PROP('Dim.service')}"),
      }),
    ],
  ),
};

/** Nothing narrows the search down unless accounts are given. */
const accountTerm = when(
  'HasAccounts',
  { 'Fn::Join': ['', ['(:aws.AccountId=', { 'Fn::Join': [' OR :aws.AccountId=', ref('AccountIds')] }, ')']] },
  '',
);

const names = componentNames.map((component) => [
  nameParameter(component),
  {
    Type: 'String',
    Default: `rosa-${component}`,
    AllowedPattern: '^[A-Za-z0-9_-]{1,64}$',
    Description: `Name of the function ${component} in the customers' accounts`,
  },
]);

/** The template for the operations account. */
export const fleetDashboardTemplate = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'ROSA Lambda Access: the dashboard of all linked accounts, for the operations account',
  Parameters: {
    AccountIds: {
      Type: 'CommaDelimitedList',
      Default: '',
      Description: 'Accounts to show, comma-separated; empty for all that are linked',
    },
    ...Object.fromEntries(names),
  },
  Conditions: {
    HasAccounts: { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': ['', ref('AccountIds')] }, ''] }] },
  },
  Resources: {
    FleetDashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: sub('rosa-lambda-access-fleet-${AWS::Region}'),
        DashboardBody: { 'Fn::Sub': [JSON.stringify(fleetDashboardBody), { Accounts: accountTerm }] },
      },
    },
  },
};
