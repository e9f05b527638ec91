import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** An answer ready to be written; a stream is one that moto is still sending. */
export type AwsResponse = { status: number; headers: OutgoingHttpHeaders; body: string | Buffer | Readable };

/** What went wrong, in AWS's own code; `aws-errors.ts` finds the words the service's protocol wants. */
export class AwsError extends Error {
  override name = 'AwsError';
  readonly code: string;
  readonly status: number;
  /** What the service says beside the message, such as `Reason`; of services that answer in JSON by paths. */
  readonly more: Record<string, string>;

  constructor(code: string, status: number, message: string, more: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.more = more;
  }
}

type Fault = {
  code: string;
  message: string;
  requestId: string;
  type: 'Sender' | 'Receiver';
  more: Record<string, string>;
};

const XML_ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string) => text.replace(/[&<>"]/g, (character) => XML_ESCAPES[character] ?? character);

const ec2Body = ({ code, message, requestId }: Fault) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${xml(code)}</Code>` +
  `<Message>${xml(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`;

const queryBody = ({ code, message, requestId, type }: Fault) =>
  `<ErrorResponse><Error><Type>${type}</Type><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error>` +
  `<RequestId>${requestId}</RequestId></ErrorResponse>`;

const s3Body = ({ code, message, requestId }: Fault) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${xml(code)}</Code><Message>${xml(message)}</Message>` +
  `<RequestId>${requestId}</RequestId></Error>`;

function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  // Major type 3 with a two-byte length; every error text fits. https://www.rfc-editor.org/rfc/rfc8949#section-3
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function cborBody({ code, message }: Fault): Buffer {
  const pairs = ['__type', code, 'message', message].map(cborText);
  return Buffer.concat([Buffer.from([0xa2]), ...pairs]);
}

/** Lambda tells whose fault it was in `Type`: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const restJsonBody = ({ message, type, more }: Fault) =>
  JSON.stringify({ Type: type === 'Sender' ? 'User' : 'Service', message, Message: message, ...more });

/** How a service writes its requests and errors: https://smithy.io/2.0/aws/protocols/index.html */
export type Protocol = 'ec2' | 'query' | 'json' | 'cbor' | 'rest-json' | 's3';

const SHAPES: Record<Protocol, { contentType: string; body: (fault: Fault) => string | Buffer }> = {
  ec2: { contentType: 'text/xml;charset=UTF-8', body: ec2Body },
  query: { contentType: 'text/xml', body: queryBody },
  s3: { contentType: 'application/xml', body: s3Body },
  json: {
    contentType: 'application/x-amz-json-1.1',
    body: ({ code, message }) => JSON.stringify({ __type: code, message, Message: message }),
  },
  cbor: { contentType: 'application/cbor', body: cborBody },
  'rest-json': { contentType: 'application/json', body: restJsonBody },
};

/** Writes an error the way the called service's SDK client expects to read it. */
export function errorResponse(request: { protocol: Protocol }, error: AwsError): AwsResponse {
  const requestId = randomUUID();
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const shape = SHAPES[request.protocol];
  const body = shape.body({ code: error.code, message: error.message, requestId, type, more: error.more });
  const headers: Record<string, string> = {
    'content-type': shape.contentType,
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': error.code,
  };
  if (request.protocol === 'cbor') headers['smithy-protocol'] = 'rpc-v2-cbor';
  return { status: error.status, headers, body };
}

/** A JSON answer, for the services the front answers itself. */
export function jsonResponse(body: unknown, contentType = 'application/x-amz-json-1.1'): AwsResponse {
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(body) };
}
