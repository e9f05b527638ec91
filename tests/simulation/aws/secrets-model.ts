import type { Secrets, SecretValues } from '../../../accounts/aws/secrets.ts';
import type { Call } from '../engine/attempt.ts';
import type { AwsSettings } from './settings.ts';
import { EventualMap, type Spreading } from './spreading.ts';

/** Secrets Manager. */
export class SecretsModel {
  readonly #spreading: Spreading;
  readonly #settings: AwsSettings;
  readonly #secrets: EventualMap<SecretValues>;
  /** When the names of deleted ones may be used again. */
  readonly #freeAt = new Map<string, Date>();

  constructor(spreading: Spreading, settings: AwsSettings) {
    this.#spreading = spreading;
    this.#settings = settings;
    this.#secrets = new EventualMap(spreading);
  }

  /** In truth. */
  get names(): string[] {
    return this.#secrets.all().map(([name]) => name);
  }

  /** In truth. */
  valuesOf(name: string): SecretValues | undefined {
    return this.#secrets.truth(name);
  }

  port(call: Call): Secrets {
    const secrets = this.#secrets;
    return {
      get: (name) =>
        call(`secretsmanager:GetSecretValue ${name}`, () => {
          const values = secrets.seen(name);
          return values && { ...values };
        }),
      create: (name, values) =>
        call(`secretsmanager:CreateSecret ${name}`, () => {
          if (secrets.truth(name)) return 'exists';
          const freeAt = this.#freeAt.get(name);
          if (freeAt && freeAt > this.#spreading.now()) return 'deleting';
          secrets.set(name, { ...values });
          return 'created';
        }),
      replace: (name, values) =>
        call(`secretsmanager:PutSecretValue ${name}`, () => {
          if (!secrets.truth(name) || !secrets.seen(name)) return 'not there';
          secrets.set(name, { ...values });
          return 'replaced';
        }),
      delete: (name) =>
        call(`secretsmanager:DeleteSecret ${name}`, () => {
          if (!secrets.truth(name)) return;
          secrets.set(name, undefined);
          const { random } = this.#spreading;
          this.#freeAt.set(
            name,
            this.#spreading.after(random.between(...this.#settings.secretDeletionSeconds)),
          );
        }),
      names: (prefix) =>
        call('secretsmanager:ListSecrets', () =>
          secrets
            .listed()
            .map(([name]) => name)
            .filter((name) => name.startsWith(prefix)),
        ),
    };
  }
}
