/**
 * What AWS may say in an error that does not belong in a log, and what stands there instead.
 * - Of a signature that does not match, AWS repeats the whole request with its session token:
 *   https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 * - An encoded authorization message holds the policies that were evaluated; CloudTrail keeps it:
 *   https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
const secrets: [RegExp, string][] = [
  [/\s*The Canonical String for this request should have been.*/s, ' (the request is left out)'],
  [/AWS4-HMAC-SHA256.*/s, '(the signature is left out)'],
  [/(x-amz-security-token\W{1,3})\S+/gi, '$1(left out)'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '(an access key)'],
  [/(Encoded authorization failure message:\s*)\S+/g, '$1(left out; CloudTrail has it)'],
  [/\{[^{}]*"Statement".*\}/gs, '(a policy is left out)'],
];

/** Tells quickly of most texts that there is nothing to take out. */
const suspicious = /Canonical String|AWS4-HMAC|security-token|AKIA|ASIA|Encoded authorization|"Statement"/i;

/** A text without credentials, signatures, policies and encoded authorization messages. */
export function withoutSecrets(text: string): string {
  if (!suspicious.test(text)) return text;
  return secrets.reduce((rest, [secret, instead]) => rest.replace(secret, instead), text);
}
