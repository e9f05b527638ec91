import { unzipSync } from 'fflate';

/** Where AWS Signer puts its signature in an archive. */
const signature = /^META[-_]INF\//;

type Files = Record<string, Uint8Array>;

const sameBytes = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one !== undefined && other !== undefined && Buffer.compare(one, other) === 0;

const differing = (built: Files, signed: Files): string[] =>
  [...new Set([...Object.keys(built), ...Object.keys(signed)])].filter(
    (file) => !signature.test(file) && !sameBytes(built[file], signed[file]),
  );

/**
 * Makes sure that a package from outside is the one that was built, with a signature. Lambda verifies the signature
 * itself; whether it would is not found out here.
 * @param name what to call it in a message
 * @throws Error when it has other files in it, or no signature
 */
export function refuseOtherPackage(name: string, built: Uint8Array, signed: Uint8Array): void {
  const files = unzipSync(signed);
  const others = differing(unzipSync(built), files);
  if (others.length > 0) {
    throw new Error(
      `${name} is not the package of these sources: ${others.join(', ')} differs. Check out the sources it was signed from, or sign the packages that "npm run build" makes of these`,
    );
  }
  if (Object.keys(files).some((file) => signature.test(file))) return;
  throw new Error(
    `${name} is the package of these sources and is not signed. Give the folder with what the signing job has written`,
  );
}
