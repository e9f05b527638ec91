import { describe, expect, it } from '@jest/globals';
import { isOfInterest } from '../../../local-aws/events/event-filters.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: { NewImage: { kind: { S: 'cluster' }, generation: { N: '2' } } },
};
const judge = (...patterns: object[]) => {
  const Filters = patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) }));
  return isOfInterest({ FilterCriteria: { Filters } }, record);
};

describe('a filter', () => {
  it.each([
    ['one of its values', { eventName: ['INSERT', 'MODIFY'] }, true],
    ['none of its values', { eventName: ['REMOVE'] }, false],
    ['a value deep inside', { dynamodb: { NewImage: { kind: { S: ['cluster'] } } } }, true],
    [
      'one value but not the other',
      { eventName: ['MODIFY'], dynamodb: { NewImage: { kind: { S: ['x'] } } } },
      false,
    ],
    ['a field that must not be there', { dynamodb: { OldImage: { kind: [{ exists: false }] } } }, true],
    ['a field that must be there', { dynamodb: { NewImage: { status: [{ exists: true }] } } }, false],
    ['a prefix', { eventName: [{ prefix: 'MOD' }] }, true],
    ['a suffix', { eventName: [{ suffix: 'IFY' }] }, true],
    ['anything but this', { eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
  ])('judges %s', (_, pattern, expected) => {
    expect(judge(pattern)).toBe(expected);
  });

  it('is one of several: any that matches is enough', () => {
    expect(judge({ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] })).toBe(true);
  });

  it('that is absent lets everything through', () => {
    expect(isOfInterest({}, record)).toBe(true);
  });

  it('with an operator that is not known is an error, not a guess', () => {
    expect(() => judge({ eventName: [{ wildcard: 'M*' }] })).toThrow('does not know the operator "wildcard"');
  });
});
