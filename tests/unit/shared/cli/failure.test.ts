import { describe, expect, it } from '@jest/globals';
import { causesOf } from '../../../../shared/cli/failure.ts';

describe('the causes of an error', () => {
  it('are all there are, outermost first', () => {
    const error = new Error('outer', { cause: new Error('inner', { cause: 'a text' }) });
    expect(causesOf(error).map((stack) => stack.split('\n')[0])).toEqual(['Error: outer', 'Error: inner']);
  });
});
