import type { SchemaError, Validator } from '../../../schemas/validator.ts';
import { type FieldError, refusal, type TestAnswer } from './answers.ts';

const property = ({ params }: SchemaError): string =>
  String(params.missingProperty ?? params.additionalProperty ?? '');

function fieldError(error: SchemaError): FieldError {
  const field = `${error.instancePath}/${property(error)}`.replace(/^\/|\/$/g, '').replaceAll('/', '.');
  const [expectation] = (error.parentSchema?.description ?? '').split('. ');
  const described = property(error) === '' && expectation ? `must be ${expectation}` : undefined;
  return { field, reason: described ?? error.message ?? 'is not valid' };
}

/** The 422 that says what is wrong with a body, or undefined when it is as the schema has it. */
export function violation(validate: Validator<unknown>, body: unknown, code: string): TestAnswer | undefined {
  if (validate(body)) return undefined;
  return refusal(
    422,
    code,
    'A validation error has occurred, check the errors field for more information',
    (validate.errors ?? []).map(fieldError),
  );
}
