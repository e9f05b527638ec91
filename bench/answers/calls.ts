/** One call of AWS. */
export interface Call {
  service: string;
  region: string;
  action: string;
  /** As it was sent, in base64. */
  body: string;
}

/** EC2, IAM and Service Quotas each have another name for where the next page begins. */
const token = /(^|&)(NextToken|Marker)=[^&]*|"NextToken":"[^"]*",?/g;

const listingOf = ({ service, region, action, body }: Call): string => {
  const question = Buffer.from(body, 'base64').toString().replace(token, '');
  return [service, region, action, question].join(' ');
};

/** The calls with the pages of each listing together, in their order. */
export const listingsIn = (calls: readonly Call[]): Call[][] => [...Map.groupBy(calls, listingOf).values()];

/** How many pages beyond its first the longest listing has. */
export const extraPagesOf = (calls: readonly Call[]): number =>
  Math.max(0, ...listingsIn(calls).map((pages) => pages.length - 1));
