import { checkRules } from './kind-rules.ts';
import { textIn, type Unmet } from './refused-writes.ts';
import { keyOf, type Resource, type ResourceKey } from './resource.ts';
import { ConflictError, type Transacted } from './resource-store.ts';
import { type ResourceTable, readItem, type TableWrite, transact } from './resource-table.ts';
import { afterStep, keysOf, type Step } from './steps.ts';
import { claimKeyOf, itemKeyOf, itemOf, resourceOf, type StoredItem } from './stored-item.ts';

/** A step as writes: the resource first, then its claims. */
interface Plan {
  step: Step;
  key: ResourceKey;
  claims: readonly string[];
  /** Undefined when the step takes the resource away. */
  after: Resource | undefined;
  writes: TableWrite[];
}

const onlyIf = (condition: string, version?: string) => ({
  ConditionExpression: condition,
  ...(version !== undefined && { ExpressionAttributeValues: { ':version': version } }),
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const absent = onlyIf('attribute_not_exists(pk)');
const ofVersion = (version: string) => onlyIf('resourceVersion = :version', version);

/** A new resource, and its claims with whoever holds them: `kind` in them would put them on the index. */
function creation(
  { table: TableName, rules }: ResourceTable,
  resource: Resource,
  claims: readonly string[],
): TableWrite[] {
  const holder = keyOf(resource);
  const { uid } = resource.metadata;
  const claimed = claims.map((claim) => ({ ...claimKeyOf(claim), holder, uid }));
  const items = [itemOf(resource, claims, rules), ...claimed];
  return items.map((Item) => ({ Put: { TableName, Item, ...absent } }));
}

const replacement = (
  { table: TableName, rules }: ResourceTable,
  resource: Resource,
  { claims, resourceVersion }: StoredItem,
): TableWrite[] => [
  { Put: { TableName, Item: itemOf(resource, claims, rules), ...ofVersion(resourceVersion) } },
];

function removal({ table: TableName }: ResourceTable, item: StoredItem): TableWrite[] {
  const own = { Delete: { TableName, Key: itemKeyOf(item), ...ofVersion(item.resourceVersion) } };
  return [own, ...item.claims.map((claim) => ({ Delete: { TableName, Key: claimKeyOf(claim) } }))];
}

function writesOf(
  table: ResourceTable,
  plan: Omit<Plan, 'writes'>,
  item: StoredItem | undefined,
): TableWrite[] {
  const { after, claims } = plan;
  if (after) checkRules(table.rules, after);
  if (after && !item) return creation(table, after, claims);
  if (!item) return [];
  return after ? replacement(table, after, item) : removal(table, item);
}

/** What a step comes to. @throws ConflictError when it builds upon another version than there is */
async function planOf(table: ResourceTable, step: Step, resourceVersion: string): Promise<Plan> {
  const key = keyOf(step.resource);
  const item = step.do === 'create' ? undefined : await readItem(table, key);
  const birth = { uid: table.newId(), resourceVersion, now: table.now() };
  const after = afterStep(step, item && resourceOf(item), birth);
  const claims = step.do === 'create' ? [...new Set(step.claims ?? [])] : [];
  const plan = { step, key, claims, after };
  return { ...plan, writes: writesOf(table, plan, item) };
}

type Obstacle = Exclude<Transacted, { outcome: 'done' }>;

/** The name of whoever holds a claim, in the claim's item. */
function holderIn({ item }: Unmet): ResourceKey {
  const holder = item?.holder?.M;
  const [kind, namespace, name] = ['kind', 'namespace', 'name'].map((part) => textIn(holder, part));
  return { kind: kind ?? '', namespace: namespace ?? '', name: name ?? '' };
}

/** What stood in the way of one step; undefined when it is another one's fault. @throws ConflictError */
function obstacleTo(
  { step, key, claims }: Plan,
  [own, ...ofClaims]: (Unmet | undefined)[],
): Obstacle | undefined {
  if (own && step.do !== 'create') throw new ConflictError(key);
  if (own) return { outcome: 'exists', key };
  const index = ofClaims.findIndex((unmet) => unmet !== undefined);
  const [claim, unmet] = [claims[index], ofClaims[index]];
  return claim !== undefined && unmet
    ? { outcome: 'claimed', key, claim, holder: holderIn(unmet) }
    : undefined;
}

/** The first obstacle, in the order of the steps; undefined when what is in the way was made by this very call. */
function obstacleIn(
  plans: readonly Plan[],
  unmet: (Unmet | undefined)[],
  version: string,
): Obstacle | undefined {
  if (unmet.some((one) => textIn(one?.item, 'resourceVersion') === version)) return undefined;
  let from = 0;
  for (const plan of plans) {
    const own = unmet.slice(from, from + plan.writes.length);
    const obstacle = obstacleTo(plan, own);
    if (obstacle) return obstacle;
    from += plan.writes.length;
  }
  return undefined;
}

/** Takes all steps or none: ResourceStore.transact. What a step changes is read first, and must still be so. */
export async function transactResources(table: ResourceTable, steps: readonly Step[]): Promise<Transacted> {
  const [key] = keysOf(steps);
  if (!key) return { outcome: 'done', resources: [] };
  const version = table.newId();
  const plans = await Promise.all(steps.map((step) => planOf(table, step, version)));
  const items = plans.flatMap(({ writes }) => writes);
  const unmet = await transact(table, { key, action: 'dynamodb:PutItem', token: version, items });
  const obstacle = unmet && obstacleIn(plans, unmet, version);
  return obstacle ?? { outcome: 'done', resources: plans.map(({ after }) => after) };
}
