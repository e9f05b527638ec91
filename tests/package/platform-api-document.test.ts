import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { findPython } from '../../local-aws/python.ts';

const document = fileURLToPath(new URL('../../schemas/platform-api.openapi.json', import.meta.url));

/** moto brings the validator: https://pypi.org/project/openapi-spec-validator/ */
const validation = `
import sys
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.readers import read_from_filename
document, uri = read_from_filename(sys.argv[1])
for error in OpenAPIV31SpecValidator(document, base_uri=uri).iter_errors():
    print(list(error.absolute_path), error.message)
`;

it('the contract of the Platform API is an OpenAPI 3.1 document to a validator that is not ours', async () => {
  const python = await findPython(() => {});
  expect(execFileSync(python, ['-c', validation, document], { encoding: 'utf8' })).toBe('');
});
