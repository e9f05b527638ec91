import type { ResourceKey } from '../../shared/resources/resource.ts';
import { isObject, type JsonObject } from '../admission/json-object.ts';
import type { Manifest } from '../admission/parse-manifests.ts';
import { kindNamed } from '../resources/kinds.ts';
import type { Context } from './command.ts';
import { InvalidManifests } from './failure.ts';
import { readManifests } from './read-manifests.ts';
import { defaultNamespace } from './target.ts';

/** The key of a manifest's resource; what else is in it does not matter. */
function keyIn({ where, content }: Manifest, asked: unknown): ResourceKey | string {
  const definition = kindNamed(content.kind);
  const { name, namespace = asked } = (isObject(content.metadata) ? content.metadata : {}) as JsonObject;
  if (!definition) return `${where}: kind "${String(content.kind).slice(0, 64)}" is not known here`;
  if (typeof name !== 'string') return `${where}: metadata.name is missing`;
  if (asked && namespace !== asked)
    return `${where}: metadata.namespace is not ${asked}, which was asked for`;
  const place = typeof namespace === 'string' ? namespace : (definition.namespace ?? defaultNamespace);
  return { kind: definition.kind, namespace: place, name };
}

/** The keys of all manifests of a file. @throws InvalidManifests when one of them cannot be told */
export async function keysInFile(context: Context, file: string, namespace: unknown): Promise<ResourceKey[]> {
  const { manifests, problems } = await readManifests(context, file);
  const found = manifests.map((manifest) => keyIn(manifest, namespace));
  const wrong = [...problems, ...found.filter((one) => typeof one === 'string')];
  if (wrong.length > 0) throw new InvalidManifests(wrong.join('\n'));
  const keys = found.filter((one) => typeof one !== 'string');
  if (keys.length === 0) throw new InvalidManifests(`${file} has no manifest`);
  return keys;
}
