import { awsPortsSuite } from '../support/aws-ports-suite.ts';
import { AwsModel } from './aws/aws-model.ts';
import { Random } from './engine/random.ts';

awsPortsSuite('the model of AWS', async () => {
  const world = new AwsModel({ now: () => new Date('2026-01-01'), random: new Random(1) });
  const ports = world.ports(async (_, effect) => effect());
  return { ports, pass: async () => {}, close: async () => {} };
});
