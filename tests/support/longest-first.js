/** Test files that take longest, the longest first. One that is begun last keeps a worker waiting for it. */
const longest = [
  'integration/runbooks',
  'integration/rosactl/interrupted-set-up',
  'integration/regional/life-of-a-cluster',
  'integration/regional/killed-functions',
  'integration/customer-service/stages',
  'integration/rosactl/life-of-an-account',
  'package/template',
  'integration/',
  'browser/',
  'package/',
];

const rank = ({ path }) => {
  const index = longest.findIndex((part) => path.includes(`/tests/${part}`));
  return index < 0 ? longest.length : index;
};

/** Orders test files for the workers: https://jestjs.io/docs/configuration#testsequencer-string */
export default class LongestFirst {
  sort(tests) {
    return tests.toSorted((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1));
  }

  cacheResults() {}
}
