import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { refuseOtherPackage } from '../../../../tools/release/signed-package.ts';

const archive = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

const handler = { 'functions/network-verifier/handler.mjs': 'export const handler = 1;' };
const signature = { 'META-INF/aws_signer_signature_v1.0.SF': 'signature' };
const built = archive(handler);

describe('a package from outside', () => {
  it('is taken when it is the one that was built, with a signature', () => {
    expect(() => refuseOtherPackage('v.zip', built, archive({ ...handler, ...signature }))).not.toThrow();
  });

  it('is refused without a signature', () => {
    expect(() => refuseOtherPackage('v.zip', built, built)).toThrow(
      /v\.zip is the package of these sources and is not signed/,
    );
  });

  it.each([
    ['other code', { 'functions/network-verifier/handler.mjs': 'other' }],
    ['a file too many', { ...handler, 'extra.mjs': '' }],
    ['a file too few', {}],
  ])('is refused with %s in it, signed or not', (_what, files) => {
    expect(() => refuseOtherPackage('v.zip', built, archive({ ...files, ...signature }))).toThrow(
      /v\.zip is not the package of these sources: \S+ differs/,
    );
  });
});
