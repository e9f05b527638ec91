/** One call an SDK client would have sent: to which host, the command's name and its input. */
export interface SentCall {
  host: string;
  command: string;
  input: Record<string, unknown>;
}

type Answer = (call: SentCall) => object;

type Middleware = (
  next: unknown,
  context: { commandName: string },
) => (args: {
  input: Record<string, unknown>;
  request: { hostname: string };
}) => Promise<{ output: object; response: object }>;

interface SdkClient {
  config: { credentials: unknown };
  middlewareStack: { add(middleware: Middleware, options: { step: 'build' }): void };
}

/** Answers the calls of an SDK client in this process: before they are signed or sent, after all is resolved. */
export function answerCalls<Client extends object>(client: Client, answer: Answer): Client {
  const middleware: Middleware =
    (_, { commandName }) =>
    async ({ input, request }) => {
      const output = answer({ host: request.hostname, command: commandName, input });
      return { output: { $metadata: {}, ...output }, response: {} };
    };
  const { config, middlewareStack } = client as unknown as SdkClient;
  // Made up, so that the SDK looks for none on this machine.
  config.credentials = async () => ({ accessKeyId: 'none', secretAccessKey: 'none' });
  middlewareStack.add(middleware, { step: 'build' });
  return client;
}
