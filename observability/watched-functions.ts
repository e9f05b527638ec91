import { componentNames } from '../shared/customer-stack/components.ts';

/** A function of the stack, as alarms, dashboards and the archive see it. */
export interface WatchedFunction {
  /** How the names of its resources begin: `OidcProvisioner`. */
  id: string;
  /** Its tag `rosa:component`, and the dimension `service` of its own metrics: `oidc-provisioner`. */
  component: string;
  /** Its name, which is a parameter: the framework fills it in. */
  name: string;
  logGroup: string;
}

/** `oidc-provisioner` as `OidcProvisioner`. */
export const pascalCase = (kebab: string): string =>
  kebab.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());

function watched(component: string): WatchedFunction {
  const id = pascalCase(component);
  const name = `\${param:${id.charAt(0).toLowerCase()}${id.slice(1)}Name}`;
  return { id, component, name, logGroup: `/aws/lambda/${name}` };
}

/** The three functions of the stack. */
export const watchedFunctions: readonly WatchedFunction[] = componentNames.map(watched);
