/** What was asked for cannot be done, or not to its end, as things stand. The message says what to do about it. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
