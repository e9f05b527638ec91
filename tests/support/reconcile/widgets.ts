import type { Controller, ReconcileContext, Reconciled } from '../../../shared/reconcile/reconcile.ts';
import type { NewResource, Resource, ResourceKey } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';

/** A resource for tests of the driver: something has to be painted. */
export interface WidgetSpec {
  colour: string;
}

export interface WidgetStatus {
  painted: string;
}

export type Widget = Resource<WidgetSpec, WidgetStatus>;

export const widgetKey = (name: string): ResourceKey => ({ kind: 'Widget', namespace: 'shop', name });

export const newWidget = (
  name: string,
  colour = 'green',
  metadata: Partial<NewResource['metadata']> = {},
): NewResource<WidgetSpec> => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { namespace: 'shop', name, ...metadata },
  spec: { colour },
});

/** Puts a widget in a store. */
export async function placed(store: ResourceStore, name: string, colour?: string): Promise<Widget> {
  const creation = await store.create<WidgetSpec, WidgetStatus>(newWidget(name, colour));
  if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
  return creation.resource;
}

/** A controller of widgets that does as told. */
export const widgetController = (
  reconcile: (widget: Widget, context: ReconcileContext) => Promise<Reconciled>,
): Controller<WidgetSpec, WidgetStatus> => ({ kind: 'Widget', reconcile });

/** Plenty of time, unless told otherwise. */
export const context = (remainingMs: () => number = () => 60_000): ReconcileContext => ({
  remainingMs,
  now: () => new Date('2026-01-31T10:00:00.000Z'),
});
