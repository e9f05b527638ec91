/** OptInStatus values: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Region.html */
const enabled = new Set(['opt-in-not-required', 'opted-in']);

export const isEnabled = (optInStatus: string): boolean => enabled.has(optInStatus);
