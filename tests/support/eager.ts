import { cachesIn, runFolder } from './run-folder.ts';

/** What makes rosactl and `serverless` quick beside the laptop AWS: a part of their environment. */
export const eager = () => ({
  // Answers of the laptop AWS are there at once; the framework would look every five seconds. In milliseconds.
  SLS_AWS_MONITORING_FREQUENCY: '200',
  ...cachesIn(runFolder()),
});
