import { describe, expect, it } from '@jest/globals';
import { type ClientConfig, clientPerRegion } from '../../../../shared/aws/clients.ts';
import { collect } from '../../../../shared/aws/collect.ts';
import { controlPlaneRegion } from '../../../../shared/aws/partition.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

describe('the region of IAM', () => {
  it.each([
    ['aws', 'us-east-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
  ])('of partition %s is %s', (partition, region) => {
    expect(controlPlaneRegion(partition)).toBe(region);
  });

  it('is refused for an unknown partition', () => {
    expect(() => controlPlaneRegion('aws-moon')).toThrow('unknown AWS partition "aws-moon"');
  });
});

describe('a source of clients', () => {
  const made = () => {
    const configs: ClientConfig[] = [];
    const traced: object[] = [];
    const clientIn = clientPerRegion(
      (config) => {
        configs.push(config);
        return { region: config.region };
      },
      (client) => {
        traced.push(client);
        return client;
      },
    );
    return { clientIn, configs, traced };
  };

  it('makes one client per region, traced, and keeps it', () => {
    const { clientIn, traced } = made();
    const clients = [clientIn('us-east-1'), clientIn('eu-west-1'), clientIn('us-east-1')];
    expect(clients[2]).toBe(clients[0]);
    expect(clients.map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-1', 'us-east-1']);
    expect(traced).toEqual([clients[0], clients[1]]);
  });

  it('makes none before it is asked', () => {
    expect(made().configs).toEqual([]);
  });

  it('bounds every attempt and the number of attempts', () => {
    const { clientIn, configs } = made();
    clientIn('us-east-1');
    expect(configs).toEqual([
      {
        region: 'us-east-1',
        maxAttempts: 4,
        requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
      },
    ]);
  });
});

describe('a listing', () => {
  async function* pages(...lists: (number[] | undefined)[]) {
    for (const list of lists) yield { list };
  }
  const listOf = ({ list }: { list: number[] | undefined }) => list;

  it('has the items of all pages in order, even of those after an empty one', async () => {
    const all = await collect('ec2:DescribeVpcs', pages([1, 2], undefined, [], [3]), listOf);
    expect(all).toEqual([1, 2, 3]);
  });

  it('fails, naming the action, when a later page does: part of a list is no list', async () => {
    async function* broken() {
      yield { list: [1] };
      throw sdkError('RequestLimitExceeded');
    }
    await expect(collect('ec2:DescribeVpcs', broken(), listOf)).rejects.toMatchObject({
      action: 'ec2:DescribeVpcs',
      failure: 'throttled',
    });
  });
});
