import type { OptionValues } from '../../shared/cli/command.ts';
import { UsageError } from '../../shared/cli/usage-error.ts';
import { type ResourceKey, sentenceOf } from '../../shared/resources/resource.ts';
import { apiVersion } from '../resources/api.ts';
import type { KindDefinition } from '../resources/kind-definition.ts';
import { kindMeant, kindNamed, kinds } from '../resources/kinds.ts';
import { NotFound } from './failure.ts';

/** What a command is about: a kind, and one of them when a name is given. */
export interface Target {
  definition: KindDefinition;
  namespace: string;
  name?: string;
}

/** Where resources are unless it is said, as for kubectl. */
export const defaultNamespace = 'default';

/** The options of every command that looks in a namespace. */
export const namespaceOption = {
  flags: '-n, --namespace <name>',
  description: `the namespace (default: ${kinds.find(({ namespace }) => namespace)?.namespace} for pools and accounts, else ${defaultNamespace})`,
};

const words = kinds.map(({ plural, shortName }) => `${plural} (${shortName})`).join(', ');

/** The arguments of every command that is about a kind. */
export const kindArgument = {
  description: `one of ${words}; singular and plural, or KIND/NAME`,
};

function kindOf(word: string): KindDefinition {
  const definition = kindMeant(word);
  if (definition) return definition;
  throw new UsageError(`there is no kind "${word}". It must be one of ${words}`);
}

/**
 * What a command is about, from its arguments `kind` and `name` and its option `namespace`.
 * @throws UsageError
 */
export function targetOf({ kind, name, namespace }: OptionValues): Target {
  const [word = '', joined] = String(kind).split('/');
  if (joined && name) throw new UsageError(`${kind} has a name already: leave "${name}" out`);
  const definition = kindOf(word);
  const found = joined ?? (typeof name === 'string' ? name : undefined);
  const place = typeof namespace === 'string' ? namespace : (definition.namespace ?? defaultNamespace);
  return { definition, namespace: place, ...(found && { name: found }) };
}

/** The key of one. @throws UsageError when no name was given */
export function keyOfTarget({ definition: { kind, plural }, namespace, name }: Target): ResourceKey {
  if (!name) throw new UsageError(`a name is missing: which of the ${plural}?`);
  return { kind, namespace, name };
}

export const notFound = (key: ResourceKey): NotFound => new NotFound(`there is no ${sentenceOf(key)}`);

const [group] = apiVersion.split('/');

/** What a resource is called in lists of names, such as `account.aws.managed.openshift.io/osd-creds-mgmt-a1b2c3`. */
export const nameText = ({ kind, name }: Pick<ResourceKey, 'kind' | 'name'>): string =>
  `${kindNamed(kind)?.singular ?? kind.toLowerCase()}.${group}/${name}`;
