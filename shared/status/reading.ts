import { AwsCallError } from '../aws/aws-call-error.ts';

/** Something that could not be read, which says nothing about whether it is as it should be. */
export interface NotDetermined {
  /** The action that was denied or failed, such as `logs:DescribeLogGroups`. */
  notDetermined: string;
  because: string;
}

/** What was read, or why it could not be. */
export type Reading<Value> = Value | NotDetermined;

/** Whether something could not be read. */
export const isUnread = (reading: unknown): reading is NotDetermined =>
  typeof reading === 'object' && reading !== null && 'notDetermined' in reading;

/** A failure of one read does not keep the others from being shown, unless no call would be answered. */
const concernsOneRead = (error: unknown): error is AwsCallError =>
  error instanceof AwsCallError && ['denied', 'throttled', 'unavailable'].includes(error.failure);

/** Reads something. @throws what `read` throws, but for an action that is denied or not answered */
export async function reading<Value>(read: () => Promise<Value>): Promise<Reading<Value>> {
  try {
    return await read();
  } catch (error) {
    if (!concernsOneRead(error)) throw error;
    return { notDetermined: error.action, because: error.said };
  }
}

/** Something made of what was read; not determined when that was not. */
export const map = <Value, Made>(reading: Reading<Value>, make: (value: Value) => Made): Reading<Made> =>
  isUnread(reading) ? reading : make(reading);
