import { parseArgs } from 'node:util';

/** How the program was asked to run. */
export type Options = { port: number; enforceIam: boolean };

/** A command line that cannot be understood; the message is for the person. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const USAGE = `usage: npm run local-aws -- [--port 4566] [--enforce-iam]

  --port NUMBER   where to listen on 127.0.0.1; 0 takes any free port (default: 4566)
  --enforce-iam   judge every call by its caller's IAM policies
`;

function readPort(given: string): number {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535)
    throw new UsageError(`--port is "${given}"; give a number from 0 to 65535`);
  return port;
}

/** @throws UsageError on an unknown flag or a port that is none. */
export function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4566' },
        'enforce-iam': { type: 'boolean', default: false },
      },
    });
    return { port: readPort(values.port), enforceIam: values['enforce-iam'] };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError((error as Error).message, { cause: error });
  }
}
