/** A control request that cannot be carried out; the message says what to send instead. */
export class ControlError extends Error {
  override name = 'ControlError';
}
