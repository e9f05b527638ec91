import { describe, expect, it } from '@jest/globals';
import { divided } from '../../../../regional/fleet/progress.ts';

describe('the progress of the fleet', () => {
  it('has the share of each access mode', () => {
    const counts = new Map([
      ['oidc-sts', 1],
      ['lambda', 3],
    ]);
    expect(divided(counts)).toEqual({
      total: 4,
      access_modes: [
        { access_mode: 'lambda', count: 3, share: 0.75 },
        { access_mode: 'dual', count: 0, share: 0 },
        { access_mode: 'oidc-sts', count: 1, share: 0.25 },
      ],
    });
  });

  it('of nothing has no shares', () => {
    const { total, access_modes } = divided(new Map());
    expect(total).toBe(0);
    for (const mode of access_modes) expect(mode).not.toHaveProperty('share');
  });

  it('counts what has no known mode to the total alone', () => {
    expect(divided(new Map([['', 1]]))).toMatchObject({ total: 1, access_modes: [{ share: 0 }, {}, {}] });
  });
});
