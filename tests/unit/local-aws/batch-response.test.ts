import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../../../local-aws/events/batch-response.ts';

const ids = ['a', 'b', 'c'];
const answer = (value: unknown) => ({ failed: false, payload: JSON.stringify(value) });
const naming = (...identifiers: unknown[]) =>
  answer({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

describe('what a batch is delivered again of', () => {
  it.each([
    ['nothing, when the answer names nothing', answer({ batchItemFailures: [] }), []],
    ['nothing, when the answer is null', answer(null), []],
    ['nothing, when the answer is an empty object', answer({}), []],
    ['nothing, when the list is null', answer({ batchItemFailures: null }), []],
    ['the items that the answer names', naming('c', 'a'), ['a', 'c']],
  ])('is %s', (_, outcome, expected) => {
    expect([...failuresIn(outcome, ids, true)].toSorted()).toEqual(expected);
  });

  it.each([
    ['the function failed', { failed: true, payload: '{"errorType":"Error"}' }],
    ['the answer names an item that was not in the batch', naming('a', 'd')],
    ['an identifier is empty', naming('')],
    ['an identifier is null', naming(null)],
    ['an identifier has another name', answer({ batchItemFailures: [{ id: 'a' }] })],
    ['a failure is null', answer({ batchItemFailures: [null] })],
    ['the failures are no list', answer({ batchItemFailures: 'a' })],
    ['the answer is no JSON', { failed: false, payload: '{"batch' }],
  ])('is everything when %s', (_, outcome) => {
    expect(failuresIn(outcome, ids, true)).toBe('all');
  });

  it('is nothing when the function does not report and did not fail, whatever it answers', () => {
    expect(failuresIn(naming('a'), ids, false)).toEqual(new Set());
  });
});
