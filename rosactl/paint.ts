export { type Paint, painter } from '../shared/cli/paint.ts';
