import type { OptionValues } from '../../../shared/cli/command.ts';
import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { admit, type Wanted } from '../../admission/admit.ts';
import { accountClaimKind } from '../../resources/account-claim.ts';
import { apiVersion } from '../../resources/api.ts';
import { applyManifest } from '../apply-manifest.ts';
import type { Command } from '../command.ts';
import { InvalidManifests } from '../failure.ts';
import { defaultNamespace, namespaceOption, nameText } from '../target.ts';

const textOf = (value: OptionValues[string]): string => (typeof value === 'string' ? value : '');

/** The manifest that somebody would have written. */
function manifestOf(options: OptionValues): Record<string, unknown> {
  const [name, namespace] = [textOf(options.name), textOf(options.namespace) || defaultNamespace];
  const [id = '', ...words] = textOf(options.legalEntity).split('=');
  const pool = textOf(options.pool);
  const regions = textOf(options.regions).split(',').filter(Boolean);
  return {
    apiVersion,
    kind: accountClaimKind.kind,
    metadata: { name, namespace },
    spec: {
      accountLink: '',
      legalEntity: { id, name: words.join('=') || id },
      awsCredentialSecret: { name: textOf(options.secret) || 'aws', namespace },
      aws: { regions: regions.map((region) => ({ name: region })) },
      ...(pool && { accountPool: pool }),
    },
  };
}

/** @throws InvalidManifests */
function wantedOf(options: OptionValues): { wanted: Wanted; warnings: string[] } {
  const admission = admit(manifestOf(options));
  if (admission.outcome === 'refused') throw new InvalidManifests(admission.reasons.join('\n'));
  return admission;
}

export const claim: Command = {
  name: 'claim',
  summary: 'claim an AWS account for a customer',
  description: `Makes an AccountClaim, as a manifest of it would. It is Ready when an account of the pool was given to it, with the
credentials in the secret of its namespace. "accountctl describe accountclaim NAME --why" says what it waits for.`,
  arguments: [{ name: '<name>', description: 'the name of the claim' }],
  options: [
    {
      flags: '--legal-entity <id>',
      description: 'the id of the customer, whose account it will be for ever, or ID=NAME',
      required: true,
    },
    {
      flags: '--regions <regions>',
      description: 'the regions that will be used, with commas',
      required: true,
    },
    { flags: '--pool <name>', description: 'the pool to take it from (default: the default pool)' },
    { flags: '--secret <name>', description: 'the secret that the credentials go to (default: aws)' },
    namespaceOption,
  ],
  examples: ['accountctl claim my-cluster -n my-namespace --legal-entity 111111 --regions us-east-1'],
  run: async ({ store, warn }, options) => {
    const { wanted, warnings } = wantedOf(options);
    for (const warning of warnings) warn(warning);
    const { key, outcome, reasons } = await applyManifest({ store, dryRun: false }, wanted);
    const name = nameText(key);
    const told = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
    return {
      exitCode: outcome === 'refused' ? exitCodes.no : exitCodes.fine,
      data: { ...key, outcome, reasons },
      lines: [`${name} ${outcome}${told}`],
      linesAs: { name: [name] },
    };
  },
};
