/** Compiles IAM's `*` and `?` into an expression that matches a whole text. @throws Error on a policy variable. */
function compile(pattern: string, flags: string): RegExp {
  if (pattern.includes('${')) {
    throw new Error(`the laptop AWS does not replace policy variables, and a policy has "${pattern}"`);
  }
  const escaped = pattern.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
}

/** Actions are compared without regard to case. */
export const matchesAction = (pattern: string, action: string) => compile(pattern, 'is').test(action);

/** Resources and condition values are compared exactly. */
export const matchesText = (pattern: string, text: string) => compile(pattern, 's').test(text);
