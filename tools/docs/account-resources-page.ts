import { apiVersion } from '../../accounts/resources/api.ts';
import type { KindDefinition } from '../../accounts/resources/kind-definition.ts';
import { kinds } from '../../accounts/resources/kinds.ts';
import type { StateTable } from '../../accounts/resources/state-table.ts';
import { type Field, fieldsIn } from './schema-fields.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string): string => `\`${text}\``;

const table = (heading: string[], rows: string[][]): string =>
  [heading, heading.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** `AWSFederatedRole` is in aws-federated-role.schema.json. */
const fileOf = (kind: string): string =>
  `${kind
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace('AWSF', 'AWS-F')
    .toLowerCase()}.schema.json`;

const fieldRow = ({ path, type, isRequired, description }: Field): string[] => [
  code(path),
  type,
  isRequired ? 'yes' : '',
  description,
];

/** The fields of a condition are told once, at the end. */
const isTold = ({ path }: Field): boolean => !path.startsWith('conditions[]');

const fields = (kind: string, part: string): string =>
  table(['Field', 'Type', 'Required', 'It is'], fieldsIn(fileOf(kind), part).filter(isTold).map(fieldRow));

const stateName = (state: string): string => state || 'New';

function diagram(states: StateTable<string>): string {
  const ways = Object.entries(states).flatMap(([from, { next }]) =>
    next.map((to) => `  ${stateName(from)} --> ${stateName(to)}`),
  );
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> New', ...ways, '```'].join('\n');
}

const stateRows = (states: StateTable<string>): string[][] =>
  Object.entries(states).map(([state, { meaning, next }]) => [
    state ? code(state) : 'none (`New` above)',
    meaning,
    next.map((to) => (to ? code(to) : 'none')).join(', '),
  ]);

const statesOf = ({ states }: KindDefinition): string[] =>
  states ? ['### States', diagram(states), table(['State', 'Meaning', 'May become'], stateRows(states))] : [];

const conditionsOf = ({ conditionTypes }: KindDefinition): string[] =>
  conditionTypes
    ? [
        '### Conditions',
        table(
          ['Type', 'Meaning'],
          Object.entries(conditionTypes).map(([type, meaning]) => [code(type), meaning]),
        ),
      ]
    : [];

function columnsOf({ columns }: KindDefinition): string[] {
  const rows = columns.map(({ name, jsonPath, wide }) => [
    name,
    code(jsonPath),
    wide ? '`-o wide`' : 'always',
  ]);
  return ['### Columns', table(['Column', 'Value', 'Shown'], rows)];
}

const sinceText = (since: KindDefinition['fixed'][number]['since']): string => {
  if (since === 'creation') return 'it is made';
  return since === 'value' ? 'it has a value' : `${code(since.field)} has a value`;
};

function changesOf({ written, fixed }: KindDefinition): string[] {
  const rows = fixed.map(({ field, since, why }) => [code(field), sinceText(since), why]);
  return [
    ...(written.length > 0
      ? [`Controllers alone write ${written.map(code).join(', ')}; in a manifest they mean nothing.`]
      : []),
    ...(rows.length > 0 ? [table(['Field', 'Stays as it is once', 'Because'], rows)] : []),
  ];
}

function section(definition: KindDefinition): string {
  const { kind, meaning, plural, singular, shortName, namespace } = definition;
  const place = namespace ? `in namespace ${code(namespace)}` : 'in any namespace';
  return [
    `## ${kind}`,
    `${meaning}. ${[plural, singular, shortName].map(code).join(', ')}; ${place}.`,
    '### Spec',
    fields(kind, 'spec'),
    ...changesOf(definition),
    '### Status',
    fields(kind, 'status'),
    ...statesOf(definition),
    ...conditionsOf(definition),
    ...columnsOf(definition),
  ].join('\n\n');
}

/** The page docs/accounts/resources.md, from the schemas and the kinds themselves. */
export const accountResourcesPage = (): string => `# The resources of account minting

Generated from the schemas and the kinds by \`npm run docs\`; a test fails when this page is older than they are.

All of them are of ${code(apiVersion)}, with the fields that \`openshift/aws-account-operator\` gives them, so that
existing manifests apply unchanged. [accountctl](accountctl.md) applies and shows them.

## What is taken from a manifest

- **Names** as Kubernetes has them: a DNS subdomain of up to 253 letters, a namespace of up to 63; labels and annotations
  by its rules, too.
- **Unknown fields** are left out with a warning, as Kubernetes does; those that upstream has had since and that nothing
  here acts on are such. One place is strict: within \`awsCustomPolicy\` an unknown field is refused, for a policy without
  one of its conditions would allow more than was written.
- **No defaults**: what is required has to be there, though it may be empty where upstream has it so. Only a namespace
  is filled in: \`aws-account-operator\` for pools and accounts, which are nowhere else, and \`default\` for the others.
- **\`status\`** means nothing in a manifest, nor do \`generation\`, \`creationTimestamp\`, \`deletionTimestamp\`,
  \`managedFields\`, \`finalizers\` and \`ownerReferences\`: the server and the controllers write them.
- **\`uid\` and \`resourceVersion\`** are what the change was made of. A manifest that names another one is refused, and a
  \`resourceVersion\` for something that is not there, too.
- **What contradicts itself** is a warning. The controller makes a condition of it, with the same reason.

The spec of a manifest takes the place of the one that is there, but for what the tables below exclude. An empty field
never changes one of those. Labels and annotations are added to those that are there.

${kinds.map(section).join('\n\n')}

## Metadata

${table(['Field', 'Type', 'Required', 'It is'], fieldsIn('account.schema.json', 'metadata').map(fieldRow))}

## A condition

${table(['Field', 'Type', 'Required', 'It is'], conditionFields().map(fieldRow))}
`;

/** Of any kind's conditions: they are the same everywhere. */
function conditionFields(): Field[] {
  const prefix = 'conditions[].';
  return fieldsIn('account.schema.json', 'status')
    .filter(({ path }) => path.startsWith(prefix))
    .map((field) => ({ ...field, path: field.path.slice(prefix.length) }));
}
