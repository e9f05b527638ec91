import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

/** A change of one item, and what must be so for it to happen. */
export interface Change {
  /** The resourceVersion it builds upon, and the one it makes. */
  version: string;
  newVersion: string;
  /** Attributes to write; undefined: to remove. */
  set: Record<string, unknown>;
  /** Attributes that must be as they are told here; undefined: absent. */
  same?: Record<string, unknown>;
  /** Whether this is a new generation. */
  newGeneration?: boolean;
}

type Expressions = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** `status` and others are reserved: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html */
const namesOf = (attributes: readonly string[]): Record<string, string> =>
  Object.fromEntries(attributes.map((attribute) => [`#${attribute}`, attribute]));

const valuesOf = (attributes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([attribute, value]) => [`:${attribute}`, value]),
  );

const namesIn = (set: Record<string, unknown>, isGone: boolean): string[] =>
  Object.keys(set).filter((attribute) => (set[attribute] === undefined) === isGone);

const removing = (attributes: readonly string[]): string =>
  attributes.length > 0 ? ` REMOVE ${attributes.map((attribute) => `#${attribute}`).join(', ')}` : '';

/** Puts a change in DynamoDB's words. An attribute is either written or must be the same, never both. */
export function expressionsOf({ version, newVersion, set, same = {}, newGeneration }: Change): Expressions {
  const generation = newGeneration ? ['#generation = #generation + :one'] : [];
  const [removed, written] = [true, false].map((isGone) => namesIn(set, isGone));
  const assignments = (written ?? []).map((attribute) => `#${attribute} = :${attribute}`);
  const conditions = Object.entries(same).map(([attribute, value]) =>
    value === undefined ? `attribute_not_exists(#${attribute})` : `#${attribute} = :${attribute}`,
  );
  const updates = [...assignments, ...generation, '#resourceVersion = :newVersion'];
  const used = ['resourceVersion', ...(newGeneration ? ['generation'] : [])];
  return {
    UpdateExpression: `SET ${updates.join(', ')}${removing(removed ?? [])}`,
    ConditionExpression: ['#resourceVersion = :version', ...conditions].join(' AND '),
    ExpressionAttributeNames: namesOf([...used, ...Object.keys(set), ...Object.keys(same)]),
    ExpressionAttributeValues: {
      ':version': version,
      ':newVersion': newVersion,
      ...(newGeneration && { ':one': 1 }),
      ...valuesOf({ ...set, ...same }),
    },
  };
}
