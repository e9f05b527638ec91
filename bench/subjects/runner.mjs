// What runs in a measured Node process: `node runner.mjs TASK`, a file with {file, event, invokedArn, seconds, times}.
// Imports the handler, invokes it so many times, and tells on file descriptor 3, a JSON line each, when the first
// answer is there and what everything took. Plain JavaScript, since removing types would be measured too.
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { file, event, invokedArn, seconds, times } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const cpuMs = ({ user, system }) => (user + system) / 1000;
const tell = (message) => writeSync(3, `${JSON.stringify(message)}\n`);

function context() {
  const deadline = Date.now() + seconds * 1000;
  return {
    awsRequestId: '00000000-0000-4000-8000-000000000000',
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '1',
    invokedFunctionArn: invokedArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** The most memory of this process. What the system tells of usage counts the process that started it as well. */
function peakMemory() {
  if (!existsSync('/proc/self/status')) return process.resourceUsage().maxRSS / 1024;
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
}

const startedAt = performance.now();
const { handler } = await import(pathToFileURL(file).href);
const importMs = performance.now() - startedAt;

const invocations = [];
let answer;
let coldCpuMs;
for (let number = 0; number < times; number += 1) {
  const cpu = process.cpuUsage();
  const from = performance.now();
  answer = await handler(structuredClone(event), context());
  if (number === 0) {
    tell({ type: 'answered' });
    coldCpuMs = cpuMs(process.cpuUsage());
  }
  invocations.push({ wallMs: performance.now() - from, cpuMs: cpuMs(process.cpuUsage(cpu)) });
}
tell({ type: 'report', importMs, coldCpuMs, invocations, peakMemoryMb: peakMemory(), answer });
process.exit();
