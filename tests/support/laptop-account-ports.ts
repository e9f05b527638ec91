import { type AwsPorts, awsPorts } from '../../accounts/aws/aws-ports.ts';
import type { LocalAws } from '../../local-aws/local-aws.ts';

type Guards = Parameters<typeof awsPorts>[0]['guards'];

/** The ports to AWS as the functions have them, on the laptop AWS. @param guards none unless given */
export const laptopAccountPorts = (aws: LocalAws, guards: Guards = []): AwsPorts =>
  awsPorts({
    instrument: (client) => client,
    region: 'us-east-1',
    partition: 'aws',
    blockedAccountIds: [],
    guards,
    fetch: (url, options) => fetch(url, options),
    endpoint: `${aws.url}/_local-aws/federation`,
    issuer: 'https://console.redhat.com',
    destination: 'https://console.aws.amazon.com/',
  });
