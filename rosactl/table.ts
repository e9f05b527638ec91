export { table } from '../shared/cli/table.ts';
