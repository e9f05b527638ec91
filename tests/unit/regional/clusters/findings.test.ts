import { describe, expect, it } from '@jest/globals';
import { boundedFindings } from '../../../../regional/clusters/findings.ts';
import { inPhase, nextPhases } from '../../../../regional/clusters/phases.ts';

const finding = (check_name: string, status: 'failed' | 'warning' = 'warning', message = 'because') => ({
  check_name,
  status,
  message,
});

describe('the findings on a cluster', () => {
  it('are all there, failed ones first', () => {
    const { findings, findings_cut } = boundedFindings([finding('a'), finding('b', 'failed'), finding('c')]);
    expect(findings.map(({ check_name }) => check_name)).toEqual(['b', 'a', 'c']);
    expect(findings_cut).toBeUndefined();
  });

  it('have room on an item of the table, however many a function sends, and say how many had not', () => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      finding(`check_${index}`, 'warning', 'x'.repeat(290)),
    );
    const { findings, findings_cut } = boundedFindings([...many, finding('broken', 'failed')]);
    expect(Buffer.byteLength(JSON.stringify(findings))).toBeLessThan(100_000);
    expect(findings[0]?.check_name).toBe('broken');
    expect(findings.length + (findings_cut ?? 0)).toBe(20_001);
  });

  it('are shortened when one is endless', () => {
    const { findings } = boundedFindings([finding('a', 'failed', 'x'.repeat(6_000_000))]);
    expect(findings[0]?.message).toHaveLength(2_001);
  });
});

describe('the phases of a cluster', () => {
  const status = { phase: 'Ready', conditions: [], operations: [] } as const;

  it('end: nothing leads back from Ready or Failed', () => {
    expect(() => inPhase({ ...status, conditions: [], operations: [] }, 'Provisioning')).toThrow(
      'a cluster cannot go from Ready to Provisioning',
    );
  });

  it('all lead to the deletion', () => {
    const stuck = Object.entries(nextPhases).filter(
      ([phase, next]) => phase !== 'Deleting' && !next.includes('Deleting'),
    );
    expect(stuck).toEqual([]);
  });
});
