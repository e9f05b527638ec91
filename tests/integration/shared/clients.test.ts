import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clientPerRegion } from '../../../shared/aws/clients.ts';

describe('a call that AWS does not answer', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is given up when its time is over', async () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'example', secretAccessKey: 'example' };
    const ec2 = clientPerRegion(
      (config) => {
        const requestHandler = { ...config.requestHandler, requestTimeout: 50 };
        return new EC2Client({ ...config, requestHandler, maxAttempts: 1, endpoint, credentials });
      },
      (client) => client,
    );
    await expect(ec2('us-east-1').send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});
