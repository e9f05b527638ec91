import type { LambdaFunctions, PolicyStatement } from './lambda-functions.ts';
import { type Stage, stages } from './stages.ts';

/** What runs of one function, and who may call it. */
export interface FunctionStatus {
  name: string;
  /** The version each stage points to; a stage that was never deployed is left out. */
  stages: Partial<Record<Stage, string>>;
  /** The newest published version; absent when none was published. */
  newest?: string;
  /** Base64 of the SHA-256 of the code `prod` runs; absent without prod. */
  prodCodeSha256?: string;
  /** ARNs that may invoke `prod` from outside the account. */
  prodPrincipals: string[];
}

const principalsOf = ({ Principal }: PolicyStatement): string[] =>
  typeof Principal === 'string' ? [Principal] : Object.values(Principal);

/**
 * Reads what runs.
 * @throws AwsCallError when AWS refuses a call, or a function does not exist
 */
export async function functionStatus(functions: LambdaFunctions, name: string): Promise<FunctionStatus> {
  const [versions, aliases, policy] = await Promise.all([
    functions.versions(name),
    Promise.all(stages.map(async (stage) => [stage, (await functions.alias(name, stage))?.version] as const)),
    functions.policy(name, 'prod'),
  ]);
  const pointed: Partial<Record<Stage, string>> = Object.fromEntries(
    aliases.filter(([, version]) => version),
  );
  const published = versions.map(({ version }) => version).filter((version) => version !== '$LATEST');
  return {
    name,
    stages: pointed,
    newest: published.sort((a, b) => Number(a) - Number(b)).at(-1),
    prodCodeSha256: versions.find(({ version }) => version === pointed.prod)?.codeSha256,
    prodPrincipals: policy.flatMap(principalsOf),
  };
}
