import { operationVariables, required } from '../environment.ts';

/** What every function of a service reads that stands on the driver. */
export const serviceVariables = {
  ...operationVariables,
  /** Lambda sets it. */
  AWS_REGION: required,
  TABLE_NAME: required,
};

/** What those read that put work on the queues. */
export const queueVariables = {
  WORK_QUEUE_URL: required,
  TIMERS_QUEUE_URL: required,
};
