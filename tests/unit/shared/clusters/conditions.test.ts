import { describe, expect, it } from '@jest/globals';
import { statusText, verdictOf, worstFirst } from '../../../../shared/clusters/conditions.ts';

const condition = (type: string, status: string) => ({ type, status });

describe('a condition', () => {
  it.each([
    ['Available', 'True', 'good'],
    ['Available', 'False', 'bad'],
    ['ValidConfiguration', 'False', 'bad'],
    ['Degraded', 'True', 'bad'],
    ['Degraded', 'False', 'good'],
    ['ClusterVersionFailing', 'True', 'bad'],
    ['Progressing', 'True', 'unclear'],
    ['Progressing', 'False', 'good'],
    ['Available', 'Unknown', 'unclear'],
  ])('%s that is %s is %s', (type, status, verdict) => {
    expect(verdictOf(condition(type, status))).toBe(verdict);
  });
});

describe('conditions', () => {
  it('come worst first, and otherwise as they were', () => {
    const conditions = [
      condition('Synced', 'True'),
      condition('Upgradeable', 'Unknown'),
      condition('Available', 'False'),
      condition('Degraded', 'False'),
      condition('Degraded', 'True'),
    ];
    expect(worstFirst(conditions).map(({ type, status }) => `${type} ${status}`)).toEqual([
      'Available False',
      'Degraded True',
      'Upgradeable Unknown',
      'Synced True',
      'Degraded False',
    ]);
  });
});

describe('how far a cluster is', () => {
  it('is its phase, its message and the worst condition', () => {
    const conditions = [
      condition('Synced', 'True'),
      { ...condition('Available', 'False'), message: 'no etcd' },
    ];
    expect(statusText({ phase: 'Provisioning', message: 'patience', conditions })).toBe(
      'Provisioning; patience; Available is False: no etcd',
    );
  });

  it('is its phase alone when nothing is wrong', () => {
    expect(statusText({ phase: 'Ready', conditions: [condition('Available', 'True')] })).toBe('Ready');
  });

  it('is one line that cannot rule a terminal', () => {
    expect(statusText({ phase: 'Ready', message: 'a\nb\u001b[2J', conditions: [] })).toBe('Ready; a b [2J');
  });
});
