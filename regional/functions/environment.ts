import { operationVariables, required } from '../../shared/environment.ts';

/** What every function of the regional service reads. */
export const regionalVariables = {
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
