export { Declined } from '../shared/cli/declined.ts';
