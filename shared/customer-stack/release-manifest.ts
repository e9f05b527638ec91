/** One function of a release, as the manifest describes it. */
export interface PackagedFunction {
  /** `oidc-provisioner`, `preflight-checker` or `network-verifier`. */
  component: string;
  /** Its key in serverless.yml. */
  handlerKey: string;
  /** The stack's parameter that has the function's name. */
  nameParameter: string;
  /** The deployment package, relative to the manifest. */
  artifact: string;
  /** Base64 of its SHA-256, as Lambda reports it in CodeSha256. */
  codeSha256: string;
  /** Settings of the function that a deploy makes. */
  settings: { MemorySize: number; Timeout: number; Runtime: string; Handler: string };
  /** What its role may do: always, and with some parameters only (`kms:Decrypt` with a key). */
  actions: { always: string[]; sometimes: string[] };
}

/** What a release of the customer's service consists of; written by `npm run build`. */
export interface ReleaseManifest {
  version: string;
  functions: PackagedFunction[];
  /** Hex SHA-256 of every other file of the release by its path, relative to the manifest. */
  files: Record<string, string>;
}

/** A release whose files have been found to be those of its manifest. */
export interface Release extends ReleaseManifest {
  /** Short hash of the manifest, and so of all it names. */
  id: string;
  /** Where it lies. */
  folder: string;
}
