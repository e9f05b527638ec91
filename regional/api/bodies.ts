import type { Validator } from '../../schemas/validator.ts';
import { fieldOffences } from '../../shared/field-offences.ts';
import { type Answer, invalid, refusal } from './answer.ts';
import type { ApiDependencies } from './dependencies.ts';
import { readJson } from './json-text.ts';
import type { ApiRequest } from './request.ts';

/** What an operation does. */
export type Work = (dependencies: ApiDependencies, request: ApiRequest) => Promise<Answer> | Answer;

/** What the body of an operation must be, and the codes by which another is refused. */
export interface BodyRules<Body> {
  validate: Validator<Body>;
  malformed: string;
  invalid: string;
}

/** As much as an operation of the customer's functions takes: the largest sensible request is below 32 KiB. */
const largestBodyBytes = 64 * 1024;

/** Reads a body, or says why it is not taken. */
function bodyIn<Body>(text: string, rules: BodyRules<Body>): { body: Body } | Answer {
  const bytes = Buffer.byteLength(text);
  if (bytes > largestBodyBytes) {
    const reason = `the body has ${bytes} bytes and at most ${largestBodyBytes} are allowed`;
    return refusal(413, 'REQUEST-002', reason);
  }
  const json = readJson(text);
  if (json.outcome === 'not json') return refusal(400, rules.malformed, 'the body is not JSON');
  if (json.outcome === 'repeated key') {
    const twice = { field: json.key.slice(0, 64), reason: 'is there twice in one object' };
    return refusal(400, rules.malformed, 'the body can be understood in more than one way', [twice]);
  }
  if (rules.validate(json.value)) return { body: json.value };
  return invalid(rules.invalid, fieldOffences(rules.validate.errors ?? []));
}

/** Work that takes a body: it is done only with one that is as its schema has it. */
export const taking =
  <Body>(
    rules: BodyRules<Body>,
    work: (dependencies: ApiDependencies, request: ApiRequest, body: Body) => Promise<Answer> | Answer,
  ): Work =>
  (dependencies, request) => {
    const read = bodyIn(request.text, rules);
    return 'status' in read ? read : work(dependencies, request, read.body);
  };
