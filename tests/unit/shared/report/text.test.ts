import { describe, expect, it } from '@jest/globals';
import { fitting, widthOf } from '../../../../shared/report/drawing/text.ts';

describe('text in the drawing', () => {
  it('stays as it is where it fits', () => {
    expect(fitting('shop-private-a', 'name', 200)).toBe('shop-private-a');
  });

  it('loses its middle where it does not, since ids and names differ at their ends', () => {
    const short = fitting('subnet-0a1b2c3d4e5f60718', 'code', 100);
    expect(short).toMatch(/^subnet-.*….*718$/);
    expect(widthOf(short, 'code')).toBeLessThanOrEqual(100);
  });

  it('is one line', () => {
    expect(fitting(' a\n b ', 'note', 100)).toBe('a b');
  });

  it('counts signs that are set in a square as wide', () => {
    expect(widthOf('網路', 'name')).toBeGreaterThan(widthOf('ab', 'name'));
  });

  it('is at least a sign that something is there', () => {
    expect(fitting('name', 'name', 0)).toBe('…');
  });
});
