import type { Validator } from '../../../schemas/validator.ts';
import { fieldOffences } from '../../../shared/field-offences.ts';
import { refusal, type TestAnswer } from './answers.ts';

/** The 422 that says what is wrong with a body, or undefined when it is as the schema has it. */
export function violation(validate: Validator<unknown>, body: unknown, code: string): TestAnswer | undefined {
  if (validate(body)) return undefined;
  return refusal(
    422,
    code,
    'A validation error has occurred, check the errors field for more information',
    fieldOffences(validate.errors ?? []),
  );
}
