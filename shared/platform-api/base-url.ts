/** Where a Platform API is. */
export interface BaseUrl {
  /** Everything before `/api/<version>`, without a slash at the end. */
  url: string;
  /** The region in the host's name, if there is one. */
  region?: string;
}

/** A text that cannot be the address of a Platform API; the message says why. */
export class BaseUrlError extends Error {
  override readonly name = 'BaseUrlError';

  constructor(text: string, problem: string) {
    const shown = text.replace(/\/\/[^/]*@/, '//...@'); // a password is not to be repeated
    super(`"${shown}" is not the address of a Platform API: ${problem}`);
  }
}

const regionLabel = /^[a-z]+-(?:[a-z]+-)+\d+$/;

/**
 * The default endpoint of a REST API, which wants the stage in the path; a custom domain has it in its mapping.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
 */
const defaultEndpoint = /^[a-z0-9-]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** The platform's API Gateway has one stage. */
const stagePath = '/prod';

const loopback = ['127.0.0.1', 'localhost'];

const isAllowedScheme = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && loopback.includes(hostname));

/** Each mistake and what to say of it. */
const mistakes: [(url: URL) => boolean, string][] = [
  [(url) => !isAllowedScheme(url), 'it must begin with https://'],
  [
    ({ username, password }) => `${username}${password}` !== '',
    'it must not contain a user name or password',
  ],
  [({ search, hash }) => `${search}${hash}` !== '', 'it must not contain ? or #'],
  [({ pathname }) => /\/api(\/|$)/.test(pathname), 'it must end before /api, which is added'],
];

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new BaseUrlError(text, 'it must be like https://api.us-east-1.example.com');
  }
}

/**
 * Reads the address of a Platform API, with or without a stage and a slash at the end. The default endpoint of API
 * Gateway without a stage gets `/prod`.
 * @throws BaseUrlError when it is none
 */
export function parseBaseUrl(text: string): BaseUrl {
  const url = parsed(text.trim());
  const mistake = mistakes.find(([isMade]) => isMade(url));
  if (mistake) throw new BaseUrlError(text, mistake[1]);
  const path = url.pathname.replace(/\/+$/, '');
  const stage = path === '' && defaultEndpoint.test(url.hostname) ? stagePath : path;
  const region = url.hostname.split('.').find((label) => regionLabel.test(label));
  return { url: `${url.origin}${stage}`, region };
}
