export { type ExitCode, exitCodes } from '../shared/cli/exit-codes.ts';
