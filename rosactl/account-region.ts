import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { describeRegion } from '../shared/aws/regions.ts';

/** What EC2 tells an account of a region. In a module of its own: this client is larger than all others together. */
export const accountRegion = (config: EC2ClientConfig, name: string) =>
  describeRegion(new EC2Client(config), name);
