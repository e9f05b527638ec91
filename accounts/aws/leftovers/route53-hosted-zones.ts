import {
  type Change,
  ChangeResourceRecordSetsCommand,
  DeleteHostedZoneCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  paginateListHostedZones,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { AwsCallError, awsCall } from '../../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { Leftovers } from '../leftovers.ts';

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html#API_DeleteHostedZone_Errors */
async function unlessGone<Output>(call: Promise<Output>): Promise<Output | undefined> {
  return call.catch((error: unknown) => {
    if (error instanceof AwsCallError && error.code === 'NoSuchHostedZone') return undefined;
    throw error;
  });
}

/** The two records that every zone has, which go with it. The NS records of a part of it are others. */
const isOfZone = ({ Name, Type }: ResourceRecordSet, zone: string): boolean =>
  Name === zone && (Type === 'NS' || Type === 'SOA');

/** Records that one call deletes: their values may have 32,000 characters in all, and one has up to 4,000 and some. */
const atOnce = 100;
const mostCharacters = 24_000;

const lengthOf = ({ ResourceRecords = [] }: ResourceRecordSet): number =>
  ResourceRecords.reduce((sum, { Value = '' }) => sum + Value.length, 0);

/** As many of the records as one call deletes: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html#API_ChangeResourceRecordSets_RequestParameters */
function batchOf(records: readonly ResourceRecordSet[]): ResourceRecordSet[] {
  let characters = 0;
  const over = records.findIndex((record, index) => {
    characters += lengthOf(record);
    return index > 0 && (index >= atOnce || characters > mostCharacters);
  });
  return records.slice(0, over < 0 ? records.length : over);
}

async function deleteRecords(route53: Route53Client, zoneId: string, records: ResourceRecordSet[]) {
  for (let rest = records; rest.length > 0; ) {
    const batch = batchOf(rest);
    const Changes = batch.map((ResourceRecordSet): Change => ({ Action: 'DELETE', ResourceRecordSet }));
    const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes } });
    await awsCall('route53:ChangeResourceRecordSets', () => route53.send(command));
    rest = rest.slice(batch.length);
  }
}

/** Deletes the records of a zone, page after page. @returns whether none is left but those of the zone itself */
async function empty(route53: Route53Client, zoneId: string, name: string, mayGoOn: () => boolean) {
  let after: Partial<ListResourceRecordSetsCommand['input']> = {};
  while (mayGoOn()) {
    const command = new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, ...after });
    const page = await awsCall('route53:ListResourceRecordSets', () => route53.send(command));
    const { ResourceRecordSets: records } = told(
      'route53:ListResourceRecordSets',
      page,
      'ResourceRecordSets',
    );
    const others = records.filter((record) => !isOfZone(record, name));
    await deleteRecords(route53, zoneId, others);
    if (!page.IsTruncated) return true;
    const { NextRecordName, NextRecordType, NextRecordIdentifier } = page;
    after = {
      StartRecordName: NextRecordName,
      StartRecordType: NextRecordType,
      ...(NextRecordIdentifier && { StartRecordIdentifier: NextRecordIdentifier }),
    };
  }
  return false;
}

/** Hosted zones, public and private, with their records. */
export const route53HostedZones = (route53: Route53Client): Leftovers => ({
  ids: () =>
    listing(
      'route53:ListHostedZones',
      paginateListHostedZones({ client: route53 }, {}),
      (page) => page.HostedZones,
      (zone) => told('route53:ListHostedZones', zone, 'Id').Id.replace('/hostedzone/', ''),
    ),
  remove: async (id, mayGoOn) => {
    const command = new GetHostedZoneCommand({ Id: id });
    const found = await unlessGone(awsCall('route53:GetHostedZone', () => route53.send(command)));
    if (!found) return;
    const { HostedZone } = told('route53:GetHostedZone', found, 'HostedZone');
    const { Name } = told('route53:GetHostedZone', HostedZone, 'Name');
    if (!(await empty(route53, id, Name, mayGoOn))) return;
    await unlessGone(
      awsCall('route53:DeleteHostedZone', () => route53.send(new DeleteHostedZoneCommand({ Id: id }))),
    );
  },
});
