import type { PlatformAccountRegistration } from '../../../schemas/generated/platform-account-registration.js';
import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import { untilAborted } from '../../../shared/until-aborted.ts';
import type { OperationName } from '../access.ts';
import type { CustomerAws } from '../customer-aws.ts';
import { registeredName } from '../discovery/directory.ts';
import { Kept } from '../kept.ts';
import { unqualified } from '../place.ts';

/** Which version of whose function has run. */
export interface Ran {
  registration: PlatformAccountRegistration;
  operation: OperationName;
  functionArn: string;
  version: string | undefined;
}

/** The operation has its answer by then: it does not wait for this for long. */
const patienceMs = 2_000;

const registeredHash = ({ registration, operation, version }: Ran): string | undefined => {
  const registered = registration.lambda_versions?.[registeredName(operation)];
  return registered?.version === version ? registered?.code_sha256 : undefined;
};

/**
 * The hashes of the code that ran. A version never changes and its number is never used again, even when its function
 * is made anew: https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export class CodeHashes {
  /** An empty text where the role may not look. */
  readonly #known = new Kept<string>(5_000);

  /** @returns undefined when AWS does not tell and it was not registered either. Never rejects for what AWS does. */
  async of(ran: Ran, aws: CustomerAws, signal: AbortSignal): Promise<string | undefined> {
    const { registration, functionArn, version } = ran;
    if (!version || version === '$LATEST') return undefined;
    if (registration.authentication !== 'assume-role') return registeredHash(ran);
    const versionArn = `${unqualified(functionArn)}:${version}`;
    const hash = this.#known.get(versionArn) ?? (await this.#ask(versionArn, aws, signal));
    return hash || registeredHash(ran);
  }

  async #ask(versionArn: string, aws: CustomerAws, within: AbortSignal): Promise<string | undefined> {
    const signal = AbortSignal.any([within, AbortSignal.timeout(patienceMs)]);
    try {
      const hash = (await untilAborted(aws.codeSha256(versionArn, signal), signal)) ?? '';
      this.#known.put(versionArn, hash);
      return hash;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof AwsCallError)) throw error;
      if (error.failure === 'denied') this.#known.put(versionArn, '');
      return undefined;
    }
  }
}
