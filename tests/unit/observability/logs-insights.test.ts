import { describe, expect, it } from '@jest/globals';
import { runQuery } from '../../support/logs-insights/run-query.ts';

const events = [
  { timestamp: 1, message: JSON.stringify({ name: 'a', size: 10, list: [{ id: 'x' }, { id: 'y' }] }) },
  { timestamp: 2, message: JSON.stringify({ name: 'b', size: 9 }) },
  { timestamp: 3, message: 'START RequestId: 1' },
];

const names = (query: string) => runQuery(query, events).map(({ name }) => name);

describe('a query, as the tests run it', () => {
  it.each([
    ['filter name = "a" | fields name', ['a']],
    ['filter name != "a" and ispresent(name) | fields name', ['b']],
    ['filter size > 9 or name = "b" | fields name', ['a', 'b']],
    ['filter name in ["b", "c"] | fields name', ['b']],
    ['filter not name = "a" and @message like /"size"/ | fields name', ['b']],
    ['filter list.1.id = "y" | fields name', ['a']],
    ['# a comment\nfields name | filter ispresent(name) | sort size asc | limit 1', ['b']],
  ])('%s finds %j', (query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  it('makes a row of each item of a list', () => {
    const query = 'fields jsonParse(@message) as record | unnest record.list into item | display item.id';
    expect(runQuery(query, events)).toEqual([{ 'item.id': 'x' }, { 'item.id': 'y' }]);
  });

  it('adds up by groups', () => {
    const query =
      'filter ispresent(size) | stats count(*) as n, sum(size), avg(size) as mean, pct(size, 50) as p50';
    expect(runQuery(query, events)).toEqual([{ n: 2, 'sum(size)': 19, mean: 9.5, p50: 9 }]);
  });

  it('discovers 200 fields and no more', () => {
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, index]));
    const message = JSON.stringify({ ...wide, last: 1 });
    expect(runQuery('fields f199, last', [{ timestamp: 0, message }])).toEqual([{ f199: 199 }]);
    const parsed = 'fields jsonParse(@message) as record | display record.last';
    expect(runQuery(parsed, [{ timestamp: 0, message }])).toEqual([{ 'record.last': 1 }]);
  });

  it.each([
    ['dedup name', /command "dedup" is not known/],
    ['filter strlen(name) > 1', /function strlen is not known/],
    ['stats stddev(size)', /aggregation stddev is not known/],
    ['parse @message "a * b" as c', /takes a pattern here/],
    ['fields name name', /makes no sense/],
    ['filter name = ;', /cannot be read/],
  ])('is refused when nobody knows what it does: %s', (query, problem) => {
    expect(() => runQuery(query, events)).toThrow(problem);
  });
});
