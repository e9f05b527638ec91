// What runs inside a sandbox: loads the handler, then serves one invocation after the other over IPC. Plain
// JavaScript, because removing types would lengthen every cold start. AWS's own runtime client (aws-lambda-ric)
// needs a C++ build, and lambda-local runs handlers in the caller's process, where a timeout cannot stop them.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const root = process.env.LAMBDA_TASK_ROOT;
const LEVELS = { debug: 'DEBUG', error: 'ERROR', info: 'INFO', log: 'INFO', trace: 'TRACE', warn: 'WARN' };
const send = process.send.bind(process);
// On Lambda there is no parent to talk to.
process.send = undefined;
let current;

/** Lambda's text log format; a newline would start a new log event, a carriage return does not. */
function logLine(level, ...values) {
  const text = format(...values).replaceAll('\n', '\r');
  process.stdout.write(
    `${new Date().toISOString()}\t${current?.requestId ?? 'undefined'}\t${level}\t${text}\n`,
  );
}
for (const [name, level] of Object.entries(LEVELS)) console[name] = (...values) => logLine(level, ...values);

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

const write = (stream, text) => new Promise((resolve) => stream.write(text, resolve));

/** Sends a message once everything printed before it is in the pipes, with a mark at the end of both. */
async function tell(message) {
  const mark = `\0${message.mark}\n`;
  await Promise.all([write(process.stdout, mark), write(process.stderr, mark)]);
  send({ ...message, memoryMb: Math.ceil(process.resourceUsage().maxRSS / 1024) });
}

function handlerFile(path) {
  const file = ['.js', '.mjs', '.cjs', ''].map((extension) => join(root, path + extension)).find(existsSync);
  if (!file) throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${path}'`);
  return file;
}

async function importFile(file) {
  try {
    return file.endsWith('.cjs') ? createRequire(file)(file) : await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    const missing = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code);
    throw missing ? new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`) : error;
  }
}

async function loadHandler(name) {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const [file, ...members] = name.slice(folder.length).split('.');
  if (!file || members.length === 0) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const module = await importFile(handlerFile(folder + file));
  const find = (exported) => members.reduce((found, key) => found?.[key], exported);
  const handler = find(module) ?? find(module.default);
  if (handler === undefined)
    throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function')
    throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  if (handler.length > 2) {
    const message =
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.';
    throw new RuntimeError('Runtime.CallbackHandlerDeprecated', message);
  }
  return handler;
}

function contextOf({ requestId, invokedArn, deadline }) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: invokedArn,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function serve(handler, invocation) {
  current = invocation;
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    await tell({ type: 'result', mark: invocation.requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const { trace: stack, ...described } = describe(error);
    logLine('ERROR', 'Invoke Error \t%s', JSON.stringify({ ...described, stack }));
    await tell({ type: 'error', mark: invocation.requestId, error: describe(error) });
  }
}

/** The process is of no use afterwards; whoever reads this message ends it. */
function fail(error) {
  return tell({ type: 'fatal', mark: current?.requestId ?? 'init', error: describe(error) });
}

process.on('disconnect', () => process.exit());
process.on('uncaughtException', fail);
process.on('unhandledRejection', (reason) =>
  fail(
    new RuntimeError(
      'Runtime.UnhandledPromiseRejection',
      reason instanceof Error ? `${reason}` : String(reason),
    ),
  ),
);

try {
  const handler = await loadHandler(process.env._HANDLER);
  process.on('message', (invocation) => serve(handler, invocation));
  await tell({ type: 'ready', mark: 'init' });
} catch (error) {
  await fail(error);
}
