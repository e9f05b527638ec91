import { born } from './new-resource.ts';
import { textIn, type Unmet } from './refused-writes.ts';
import { keyOf, type NewResource, type ResourceKey } from './resource.ts';
import type { Creation } from './resource-store.ts';
import { type ResourceTable, transact } from './resource-table.ts';
import { claimKeyOf, itemOf } from './stored-item.ts';

/** The name of whoever holds a claim, in the claim's item: `kind` would put it on the index. */
const holderIn = ({ item }: Unmet): ResourceKey => {
  const holder = item?.holder?.M;
  return {
    kind: textIn(holder, 'kind'),
    namespace: textIn(holder, 'namespace'),
    name: textIn(holder, 'name'),
  };
};

const unlessThere = (TableName: string, Item: object) => ({
  Put: {
    TableName,
    Item,
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
});

/** What stood in the way of making a resource; `undefined` when it is there, made by this very call. */
function obstacle(
  [ofResource, ...ofClaims]: (Unmet | undefined)[],
  claims: readonly string[],
  resourceVersion: string,
): Exclude<Creation<object, object>, { outcome: 'created' }> | undefined {
  if (ofResource) {
    const isOurs = textIn(ofResource.item, 'resourceVersion') === resourceVersion;
    return isOurs ? undefined : { outcome: 'exists' };
  }
  const index = ofClaims.findIndex((unmet) => unmet !== undefined);
  const [claim, unmet] = [claims[index], ofClaims[index]];
  return claim !== undefined && unmet ? { outcome: 'claimed', claim, holder: holderIn(unmet) } : undefined;
}

/** Makes a resource with its claims: ResourceStore.create. */
export async function createResource<Spec extends object, Status extends object>(
  table: ResourceTable,
  wanted: NewResource<Spec>,
  wantedClaims: readonly string[],
): Promise<Creation<Spec, Status>> {
  const resourceVersion = table.newId();
  const birth = { uid: table.newId(), resourceVersion, now: table.now() };
  const resource = born<Spec, Status>(wanted, birth);
  const key = keyOf(resource);
  const claims = [...new Set(wantedClaims)];
  const claimed = claims.map((claim) => ({ ...claimKeyOf(claim), holder: key, uid: resource.metadata.uid }));
  const items = [itemOf(resource, claims), ...claimed].map((item) => unlessThere(table.table, item));
  const action = 'dynamodb:PutItem';
  const unmet = await transact(table, { key, action, token: resourceVersion, items });
  return (unmet && obstacle(unmet, claims, resourceVersion)) ?? { outcome: 'created', resource };
}
