/** What package-lock.json says of one installed package; npm copies licence and integrity from the package. */
export interface LockedPackage {
  version: string;
  /** Hashes of its tarball, `sha512-<base64>`. */
  integrity?: string;
  /** An SPDX id or expression. */
  license?: string;
  /** Only needed to build and test. */
  dev?: boolean;
  /** Installed where it can be, such as a program for one processor. */
  optional?: boolean;
}

/** package-lock.json, as far as it is looked at: `''` is the project, `node_modules/<name>` a package. */
export interface LockFile {
  packages: Record<string, LockedPackage>;
}

const folder = 'node_modules/';

/** The name of the package at a path of the lock file. */
export const nameAt = (path: string): string => path.slice(path.lastIndexOf(folder) + folder.length);

/** The paths of what `npm install` brings to a user: the dependencies that are not bundled, and theirs. */
export const installedPaths = ({ packages }: LockFile): string[] =>
  Object.keys(packages).filter((path) => path !== '' && !packages[path]?.dev);

/**
 * The lock file's path of the package that a file belongs to; undefined for a file of the project's own.
 * @param file relative or absolute; the folder of the packages may be a link to elsewhere
 */
export function packagePath(file: string): string | undefined {
  const start = file.indexOf(folder);
  if (start < 0) return undefined;
  const last = file.lastIndexOf(folder) + folder.length;
  const [scopeOrName = '', name = ''] = file.slice(last).split('/');
  const isScoped = scopeOrName.startsWith('@');
  return file.slice(start, last) + (isScoped ? `${scopeOrName}/${name}` : scopeOrName);
}
