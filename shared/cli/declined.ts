/** The person was asked and did not say yes; nothing was done. */
export class Declined extends Error {
  override readonly name = 'Declined';
}
