import type { PlatformProgress } from '../../schemas/generated/platform-account-list.js';
import { allOf } from '../../shared/resources/all-of.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { accessModeLabel, type CustomerAccount, customerAccountKind } from '../accounts/customer-account.ts';
import { clusterKind } from '../clusters/cluster.ts';
import { countsOf, divided } from './progress.ts';

const modeIn = (labels: Record<string, string>): string => labels[accessModeLabel] ?? '';

async function* modesOfKind(store: Pick<ResourceStore, 'index'>, kind: string): AsyncIterable<string> {
  for await (const { labels } of store.index(kind)) yield modeIn(labels);
}

async function* modesOfClusters(
  store: Pick<ResourceStore, 'list'>,
  namespace: string,
): AsyncIterable<string> {
  for await (const { metadata } of allOf(store, { kind: clusterKind, namespace }))
    yield modeIn(metadata.labels);
}

/** How far the whole fleet is, as the index has it. */
export async function fleetProgress(store: Pick<ResourceStore, 'index'>): Promise<PlatformProgress> {
  const [accounts, clusters] = await Promise.all(
    [customerAccountKind, clusterKind].map((kind) => countsOf(modesOfKind(store, kind))),
  );
  return { accounts: divided(accounts ?? new Map()), clusters: divided(clusters ?? new Map()) };
}

/** How far one account is. */
export async function accountProgress(
  store: Pick<ResourceStore, 'list'>,
  { metadata }: CustomerAccount,
): Promise<PlatformProgress> {
  return {
    accounts: divided(await countsOf([modeIn(metadata.labels)])),
    clusters: divided(await countsOf(modesOfClusters(store, metadata.name))),
  };
}
