import { clientPerRegion } from '../../shared/aws/clients.ts';
import type { Call } from '../answers/calls.ts';

/** What is used of an SDK client and its commands, whichever service they are of. */
interface Client {
  send(command: Command): Promise<unknown>;
}
interface Request {
  body: Uint8Array;
  headers: Record<string, string>;
}
interface Command {
  middlewareStack: {
    add(
      middleware: (next: (args: unknown) => unknown) => (args: { request: Request }) => unknown,
      options: { step: 'build'; priority: 'low' },
    ): void;
  };
}

/** A service's client and those of its commands that are asked for. Each takes settings or an input of its own. */
interface Service {
  Client: new (config: never) => Client;
  commands: Record<string, new (input: never) => Command>;
}

/** A command that sends the body which the function has sent. */
function commandFor({ action, body }: Call, { commands }: Service): Command {
  const Made = commands[action];
  if (!Made) throw new Error(`the bare handler was made without ${action}`);
  const command = new Made({} as never);
  const sent = Buffer.from(body, 'base64');
  command.middlewareStack.add(
    (next) => (args) => {
      args.request.body = sent;
      args.request.headers['content-length'] = String(sent.length);
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return command;
}

/** An answer is an answer, an error of AWS too. */
const answered = (error: { $metadata?: { httpStatusCode?: number } }) => {
  if (!error.$metadata?.httpStatusCode) throw error;
};

/**
 * A handler that makes given calls with the SDK clients a function has, and does nothing else: what the function
 * costs beyond it is the function's own. All listings are asked for at once, the pages of one in turn.
 */
export function bareHandler(services: Record<string, Service>) {
  const clients = Object.fromEntries(
    Object.entries(services).map(([name, { Client }]) => [
      name,
      clientPerRegion(
        (config) => new Client(config as never),
        (client) => client,
      ),
    ]),
  );
  const ask = async (call: Call) => {
    const [client, service] = [clients[call.service], services[call.service]];
    if (!client || !service) throw new Error(`the bare handler was made without ${call.service}`);
    await client(call.region).send(commandFor(call, service)).catch(answered);
  };
  return async ({ listings }: { listings: Call[][] }): Promise<number> => {
    const askInTurn = async (pages: Call[]) => {
      for (const page of pages) await ask(page);
    };
    await Promise.all(listings.map(askInTurn));
    return listings.length;
  };
}
