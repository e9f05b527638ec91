import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { FieldOffence } from '../../shared/field-offences.ts';
import { type Answer, refusal } from './answer.ts';

/** Says what is wrong with the parameters after the question mark. */
const wrongQuery = (errors: readonly FieldOffence[]): Answer =>
  refusal(400, 'REQUEST-001', 'the query of the request is not valid', errors);

function offence(known: readonly string[], name: string, values: readonly string[]): FieldOffence[] {
  if (!known.includes(name)) {
    const offered = known.length > 0 ? `it takes ${known.join(' and ')}` : 'it takes none';
    return [{ field: name.slice(0, 64), reason: `is not a parameter of this operation; ${offered}` }];
  }
  return values.length > 1 ? [{ field: name, reason: 'is there more than once' }] : [];
}

/** The parameters of a request, or what is wrong with them: none is overlooked. */
export function queryOf(
  { multiValueQueryStringParameters }: APIGatewayProxyEvent,
  known: readonly string[],
): { query: Record<string, string> } | Answer {
  const given = Object.entries(multiValueQueryStringParameters ?? {});
  const offences = given.flatMap(([name, values = []]) => offence(known, name, values));
  if (offences.length > 0) return wrongQuery(offences);
  return { query: Object.fromEntries(given.map(([name, values]) => [name, values?.[0] ?? ''])) };
}

/** The parameters of a list. */
export const pagingParameters = ['limit', 'page_token'] as const;

const defaultLimit = 50;
const mostAtOnce = 100;

/** Which page was asked for, or what is wrong with the wish. */
export function pageOf({
  limit,
  page_token: pageToken,
}: Readonly<Record<string, string>>): { limit: number; pageToken?: string } | Answer {
  const number = limit === undefined ? defaultLimit : /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (number < 1 || number > mostAtOnce) {
    return wrongQuery([{ field: 'limit', reason: `must be a whole number from 1 to ${mostAtOnce}` }]);
  }
  return { limit: number, ...(pageToken !== undefined && { pageToken }) };
}

/** Says that a page token is none of the list's. */
export const wrongPageToken = wrongQuery([
  { field: 'page_token', reason: 'was not given by this list; begin without one' },
]);
