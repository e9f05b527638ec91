import { NormalizedSchema } from '@smithy/core/schema';

/** The SDK's model of an operation, such as `DescribeVpcs$` of its EC2 client; the last is that of its answer. */
export type Operation = [
  kind: 9,
  namespace: string,
  name: string,
  traits: number,
  input: never,
  output: never,
];

/** How a service writes its answers: https://smithy.io/2.0/aws/protocols/index.html */
export type Protocol = 'ec2' | 'query' | 'json';

/** An answer as an SDK client gives it to its caller. */
export type Output = Record<string, unknown>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const xmlName = (schema: NormalizedSchema, otherwise: string): string =>
  schema.getMergedTraits().xmlName ?? otherwise;

function membersOf(schema: NormalizedSchema, value: Output): string {
  const members = [...schema.structIterator()].filter(([name]) => value[name] !== undefined);
  return members
    .map(([name, member]) => element(xmlName(member, name), content(member, value[name])))
    .join('');
}

function entriesOf(schema: NormalizedSchema, value: Output): string {
  const entries = Object.entries(value).map(
    ([key, one]) => element('key', escaped(key)) + element('value', content(schema.getValueSchema(), one)),
  );
  return entries.map((entry) => element('entry', entry)).join('');
}

/** A value in XML, named member by member as the service's model says. */
function content(schema: NormalizedSchema, value: unknown): string {
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return (value as unknown[]).map((one) => element(xmlName(item, 'member'), content(item, one))).join('');
  }
  if (schema.isMapSchema()) return entriesOf(schema, value as Output);
  return schema.isStructSchema() ? membersOf(schema, value as Output) : escaped(String(value));
}

/** The body of an answer, as the service would write it. */
export function answerBody(protocol: Protocol, [, , name, , , schema]: Operation, output: Output): string {
  if (protocol === 'json') return JSON.stringify(output);
  const members = membersOf(NormalizedSchema.of(schema), output);
  return element(`${name}Response`, protocol === 'ec2' ? members : element(`${name}Result`, members));
}

/** The body of a refusal. */
export function errorBody(protocol: Protocol, code: string, message: string): string {
  if (protocol === 'json') return JSON.stringify({ __type: code, Message: message });
  const error = element('Error', element('Code', code) + element('Message', message));
  return protocol === 'ec2'
    ? element('Response', element('Errors', error) + element('RequestID', 'none'))
    : element('ErrorResponse', error + element('RequestId', 'none'));
}
