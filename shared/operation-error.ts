/**
 * The names an operation may fail with. The name alone tells a caller whether the same request can succeed
 * when it is sent again (docs/adr/0008-named-errors.md).
 */
export const errorNames = {
  InvalidRequestError: { retry: false, meaning: 'the request is wrong; correct it' },
  AccessDeniedError: {
    retry: false,
    meaning:
      "the function's role lacks a permission, or AWS does not take its credentials there; the message names the action",
  },
  ThrottledError: { retry: true, meaning: 'AWS is limiting the rate of calls; try again later' },
  ConflictError: { retry: false, meaning: "the account's state stands in the way; the message says how" },
  DependencyError: { retry: true, meaning: 'AWS or the issuer did not answer as it should; try again' },
  InternalError: { retry: false, meaning: 'a fault of this product; report it with the request id' },
} as const;

export type ErrorName = keyof typeof errorNames;

/** A failure of an operation: a stable name, and a sentence that says what to do. */
export class OperationError extends Error {
  override readonly name: ErrorName;

  constructor(name: ErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
