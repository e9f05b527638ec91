import { describe, expect, it } from '@jest/globals';
import { instanceTypeOffered } from '../../../../../functions/preflight-checker/checks/instance-type-offered.ts';
import { fakeAccount, preflight } from '../../../../support/fakes/account.ts';

const offered = (offers: Record<string, string[]>, zones?: string[], types = Object.keys(offers)) =>
  preflight(instanceTypeOffered, fakeAccount({ offers }), {
    instance_types: types,
    availability_zones: zones,
  });

describe('instance_type_offered', () => {
  describe('given chosen zones', () => {
    it('passes a type that is offered in each', async () => {
      const results = await offered({ 'm5.xlarge': ['us-east-1b', 'us-east-1a'] }, [
        'us-east-1a',
        'us-east-1b',
      ]);
      expect(results).toMatchObject([
        {
          status: 'passed',
          details: {
            instance_type: 'm5.xlarge',
            offered_zones: ['us-east-1a', 'us-east-1b'],
            missing_zones: [],
          },
        },
      ]);
    });

    it('passes a single zone that offers it: spreading was not asked for', async () => {
      const results = await offered({ 'm5.xlarge': ['us-east-1a'] }, ['us-east-1a']);
      expect(results).toMatchObject([{ status: 'passed' }]);
    });

    it('fails a type that one zone lacks and names that zone', async () => {
      const [result] = await offered({ 'm5.xlarge': ['us-east-1a'] }, ['us-east-1a', 'us-east-1e']);
      expect(result).toMatchObject({ status: 'failed', details: { missing_zones: ['us-east-1e'] } });
      expect(result?.message).toContain('m5.xlarge is not offered in us-east-1e, only in us-east-1a');
    });
  });

  describe('given no zones', () => {
    it('passes a type that several zones offer', async () => {
      const [result] = await offered({ 'm5.xlarge': ['us-east-1c', 'us-east-1a'] });
      expect(result?.status).toBe('passed');
      expect(result?.message).toBe('m5.xlarge is offered in us-east-1a, us-east-1c');
    });

    it('warns when one zone only offers it', async () => {
      const [result] = await offered({ 'm5.xlarge': ['us-east-1c'] });
      expect(result?.status).toBe('warning');
      expect(result?.message).toContain('us-east-1c only');
    });
  });

  it.each([
    ['zones', ['us-east-1a']],
    ['no zones', undefined],
  ])('fails a type that is offered nowhere, given %s', async (_, zones) => {
    const [result] = await offered({ 'm9.mega': [] }, zones);
    expect(result).toMatchObject({ status: 'failed', details: { offered_zones: [] } });
    expect(result?.message).toContain('m9.mega is offered in no availability zone of us-east-1');
  });

  it('judges each type by its own offers, in the order asked', async () => {
    const offers = { 'm5.xlarge': ['us-east-1a', 'us-east-1b'], 'c5.xlarge': ['us-east-1b'] };
    const results = await offered(offers, ['us-east-1a'], ['c5.xlarge', 'm5.xlarge']);
    expect(results.map(({ status, details }) => [details?.instance_type, status])).toEqual([
      ['c5.xlarge', 'failed'],
      ['m5.xlarge', 'passed'],
    ]);
  });
});
