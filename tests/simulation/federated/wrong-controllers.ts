import { accessesIn } from '../../../accounts/resources/api.ts';
import { federatedAccessKind } from '../../../accounts/resources/aws-federated-account-access.ts';
import { federatedRoleKind } from '../../../accounts/resources/aws-federated-role.ts';
import type { Resource, ResourceKey } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import type { Step } from '../../../shared/resources/steps.ts';
import { awsError } from '../../support/fakes/aws-errors.ts';
import type { Faults } from './federated-scenario.ts';

/** A store of which some methods are others. */
const withOther = (store: ResourceStore, methods: Partial<ResourceStore>): ResourceStore =>
  new Proxy(store, {
    get: (target, name) => methods[name as keyof ResourceStore] ?? target[name as keyof ResourceStore],
  });

/** A store that leaves out some steps of transactions. */
const withoutSteps = (isLeftOut: (step: Step) => boolean): Faults => ({
  spoil: (store) =>
    withOther(store, { transact: (steps) => store.transact(steps.filter((step) => !isLeftOut(step))) }),
});

/** A store that shows resources otherwise than they are. */
const seenAs = (store: ResourceStore, shown: (resource: Resource) => Resource): Partial<ResourceStore> => ({
  get: (async (key: ResourceKey) => {
    const found = await store.get(key);
    return found && shown(found);
  }) as ResourceStore['get'],
});

/** Nobody else is kept: what is written of accounts and claims is left out. */
export const unfenced = withoutSteps(
  (step) => step.do === 'update' && accessesIn(step.resource.metadata.finalizers).length > 0,
);

/** Accounts and claims are kept for ever. */
export const clinging = withoutSteps((step) => step.do === 'removeFinalizer');

const without = (resource: Resource, field: string): Resource =>
  resource.status && field in resource.status
    ? { ...resource, status: { ...resource.status, [field]: undefined } }
    : resource;

/** What was written down of a try is forgotten. */
export const forgetful: Faults = {
  spoil: (store) =>
    withOther(store, {
      ...seenAs(store, (resource) => without(resource, 'trial')),
      updateStatus: (async (resource: Resource) =>
        store.updateStatus(without(resource, 'trial'))) as ResourceStore['updateStatus'],
    }),
};

/** A role does not see who uses it. */
export const blind: Faults = {
  spoil: (store) =>
    withOther(store, {
      select: async (request) => (request.kind === federatedAccessKind.kind ? [] : store.select(request)),
    }),
};

/** A role that was judged once is taken for judged, whatever it has become. */
export const complacent: Faults = {
  wrap: ({ kind, reconcile }) => ({
    kind,
    reconcile: (resource, context) => {
      const isJudged = kind === federatedRoleKind.kind && resource.status?.observedGeneration;
      const { generation: observedGeneration } = resource.metadata;
      const believed = { ...resource, status: { ...resource.status, observedGeneration } };
      return reconcile(isJudged ? believed : resource, context);
    },
  }),
};

/** Roles as they were first Valid, by uid. */
const firstValid = new Map<string, Resource>();

/** An access goes by a role as it was when it was first Valid. */
export const nostalgic: Faults = {
  spoil: (store) =>
    withOther(
      store,
      seenAs(store, (resource) => {
        const { uid } = resource.metadata;
        const { state } = (resource.status ?? {}) as { state?: string };
        if (resource.kind !== federatedRoleKind.kind) return resource;
        if (state === 'Valid' && !firstValid.has(uid)) firstValid.set(uid, resource);
        const { spec, status, metadata } = firstValid.get(uid) ?? resource;
        const seen = { ...resource.metadata, generation: metadata.generation };
        return { ...resource, metadata: seen, spec, ...(status && { status }) };
      }),
    ),
};

/** What is to be taken down is taken for gone. */
export const careless: Faults = {
  wrap: ({ kind, reconcile }) => ({
    kind,
    reconcile: (resource, context) => {
      const { grant } = resource.status ?? {};
      if (!grant?.withdrawnSince) return reconcile(resource, context);
      const believed = { ...grant, endedAt: grant.withdrawnSince };
      return reconcile({ ...resource, status: { ...resource.status, grant: believed } }, context);
    },
  }),
};

/** No account is ever entered. */
export const shy: Faults = {
  ports: () => ({
    members: {
      enter: async () => ({ outcome: 'refused', error: awsError('sts:AssumeRole', 'AccessDenied') }),
    },
  }),
};

/** Whatever was asked for is taken for done. */
export const hasty: Faults = { settings: { settleSeconds: 0 } };
