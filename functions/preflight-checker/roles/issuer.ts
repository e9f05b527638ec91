import type { PreflightFacts } from '../preflight-facts.ts';

/** Condition keys and ARNs have the issuer without its scheme. */
export const issuerOf = (url: string): string => url.replace(/^https:\/\//, '').replace(/\/$/, '');

/** The ARN of the account's provider for an issuer: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html */
export const providerArnOf = ({ home }: PreflightFacts, url: string): string =>
  `arn:${home.partition}:iam::${home.account}:oidc-provider/${issuerOf(url)}`;

/** What operators ask tokens for, and what AWS's SDKs do; rosa-oidc-provisioner makes providers that take both. */
export const usualClientIds = ['openshift', 'sts.amazonaws.com'];
