import { describe, expect, it } from '@jest/globals';
import {
  flag,
  list,
  operationVariables,
  readEnvironment,
  required,
  seconds,
} from '../../../shared/environment.ts';

describe('a required variable', () => {
  it('is its text', () => {
    expect(required('0.1.0')).toBe('0.1.0');
  });

  it.each([[undefined], ['']])('is refused when it is %j', (text) => {
    expect(() => required(text)).toThrow('is not set');
  });
});

describe('a number of seconds', () => {
  it('is read', () => {
    expect(seconds('60')).toBe(60);
  });

  it.each([undefined, '', '0', '-1', '1.5', 'a minute'])('is not %p', (text) => {
    expect(() => seconds(text)).toThrow('must be a whole number of seconds');
  });
});

describe('a flag', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['', false],
    [undefined, false],
  ])('%j is %s', (text, value) => {
    expect(flag(text)).toBe(value);
  });

  it.each(['yes', 'TRUE', '1', ' true'])('refuses "%s" and repeats it', (text) => {
    expect(() => flag(text)).toThrow(`must be true or false, not "${text}"`);
  });
});

describe('a list', () => {
  it.each([
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    [' a , b,', ['a', 'b']],
    ['', []],
    [undefined, []],
  ])('%j is %j', (text, values) => {
    expect(list(text)).toEqual(values);
  });
});

describe('reading the environment', () => {
  const readers = { NAME: required, REGION: required, DEBUG: flag };

  it('gives the named variables and no others', () => {
    const source = { NAME: 'a', REGION: 'b', DEBUG: 'true', HOME: '/root' };
    expect(readEnvironment(readers, source)).toEqual({ NAME: 'a', REGION: 'b', DEBUG: true });
  });

  it('reports all that is missing or wrong at once, and the remedy', () => {
    expect(() => readEnvironment(readers, { DEBUG: 'perhaps' })).toThrow(
      'NAME is not set; REGION is not set; DEBUG must be true or false, not "perhaps". Deploy it again',
    );
  });

  it('does not report what is in order', () => {
    expect(() => readEnvironment(readers, { NAME: 'a' })).toThrow(/incomplete: REGION is not set\. Deploy/);
  });

  it('gives an operation its version, and tracing off unless it is on', () => {
    expect(readEnvironment(operationVariables, { ROSA_VERSION: '0.1.0' })).toEqual({
      ROSA_VERSION: '0.1.0',
      ROSA_TRACING: false,
    });
    expect(() => readEnvironment(operationVariables, { ROSA_TRACING: 'true' })).toThrow(
      'ROSA_VERSION is not set',
    );
  });
});
