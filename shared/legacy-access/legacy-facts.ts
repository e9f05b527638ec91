import type { Check } from '../checks/check.ts';
import { parseTrustPolicy, type TrustingRole } from '../iam/trust-policy.ts';
import { once } from '../once.ts';

/** An OIDC provider of the account, whoever it belongs to. */
export interface OidcProvider {
  arn: string;
  clientIds: string[];
  thumbprints: string[];
  tags: Record<string, string>;
}

/** A role of the account. */
export interface Role {
  name: string;
  arn: string;
  /** JSON text of its trust policy. */
  trustPolicy: string;
}

/**
 * Reads what clusters without Lambdas need of an account. Every call rejects with AwsCallError when AWS refuses it;
 * every listing is complete.
 */
export interface LegacyReader {
  providers(): Promise<OidcProvider[]>;
  roles(): Promise<Role[]>;
  /** None for a role that is gone. */
  roleTags(name: string): Promise<Record<string, string>>;
}

/** Where the OIDC/STS set-up of an account is read from. */
export interface LegacySource {
  legacy: LegacyReader;
}

/** What the checks of one run share; each fact is fetched at most once. */
export interface LegacyFacts {
  providers(): Promise<OidcProvider[]>;
  roles(): Promise<(Role & TrustingRole)[]>;
  roleTags(name: string): Promise<Record<string, string>>;
}

export type LegacyCheck = Check<LegacyFacts>;

/** The facts of an account as it is when they are first asked for. */
export const legacyFacts = (reader: LegacyReader): LegacyFacts => ({
  providers: once(() => reader.providers()),
  roles: once(async () => {
    const roles = await reader.roles();
    return roles.map((role) => ({ ...role, trust: parseTrustPolicy(role.trustPolicy) }));
  }),
  roleTags: (name) => reader.roleTags(name),
});

/** Whether the tags are of a thing that belongs to ROSA. */
export const isOfRosa = (tags: Record<string, string>): boolean => tags['red-hat-managed'] === 'true';

/** The providers of ROSA clusters. */
export const rosaProviders = (providers: OidcProvider[]): OidcProvider[] =>
  providers.filter(({ tags }) => isOfRosa(tags));

/** The OIDC providers that a role lets in. */
export const providersTrustedBy = ({ trust }: TrustingRole): string[] => [
  ...new Set(
    trust.statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ principals }) => principals.Federated ?? [])
      .filter((arn) => arn.includes(':oidc-provider/')),
  ),
];
