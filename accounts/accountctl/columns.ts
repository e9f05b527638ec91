import type { Resource } from '../../shared/resources/resource.ts';
import type { Column, KindDefinition } from '../resources/kind-definition.ts';
import { ageOf } from './age.ts';

/** How rows are to be. */
export interface RowSettings {
  wide: boolean;
  /** Whether they come from more than one namespace. */
  namespaces: boolean;
  now: Date;
}

/** The value at `.spec.claimLink`; undefined when there is none. */
const valueAt = (resource: Resource, jsonPath: string): unknown =>
  jsonPath
    .slice(1)
    .split('.')
    .reduce<unknown>((at, field) => (at as Record<string, unknown> | undefined)?.[field], resource);

/** What is not there leaves its cell empty, as in kubectl's tables. */
function cellOf(resource: Resource, { jsonPath, type }: Column, now: Date): string {
  const value = valueAt(resource, jsonPath);
  if (value === undefined) return '';
  return type === 'date' ? ageOf(String(value), now) : String(value);
}

const columnsOf = ({ columns }: KindDefinition, { wide }: RowSettings): Column[] =>
  columns.filter((column) => wide || !column.wide);

/** The headings of the columns of a kind. */
export const headingOf = (definition: KindDefinition, settings: RowSettings): string[] => [
  ...(settings.namespaces ? ['NAMESPACE'] : []),
  'NAME',
  ...columnsOf(definition, settings).map(({ name }) => name.toUpperCase()),
];

/** A resource as the cells of a row. */
export const rowOf = (definition: KindDefinition, resource: Resource, settings: RowSettings): string[] => [
  ...(settings.namespaces ? [resource.metadata.namespace] : []),
  resource.metadata.name,
  ...columnsOf(definition, settings).map((column) => cellOf(resource, column, settings.now)),
];
