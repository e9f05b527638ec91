import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** What programs that know Accounts rely on, and the test that holds it: file and title. */
const behaviours: [behaviour: string, file: string, title: string][] = [
  ['ConcurrentModification and TooManyRequests leave the state', 'creation', 'comes again when AWS says %s'],
  ['ServiceException leaves the state', 'creation', 'comes again, in no other state, after %s'],
  [
    'a violated constraint waits five minutes',
    'creation',
    'waits five minutes for room in the organization %s',
  ],
  ['an unknown error of CreateAccount fails the account', 'creation', 'has failed when AWS says %s'],
  [
    'an error of DescribeCreateAccountStatus surfaces',
    'creation',
    'keeps its request when AWS does not tell what became of it',
  ],
  ['success gives the id', 'creation', 'is Creating from the write on in which it gets its id'],
  ['nothing is made at the limit', 'creation', 'waits five minutes for room in the organization %s'],
  ['an account with an id is adopted', 'creation', 'is adopted when nobody has it'],
  ['the payer account is left alone', 'creation', 'is never the one that pays'],
  [
    'too long in Creating fails, and only there',
    'set-up',
    'has ten minutes, counted from when it became Creating',
  ],
  [
    'InvalidClientTokenId, AccessDenied and others are mapped',
    'set-up',
    'says what is in the way when AWS answers %s',
  ],
  ['only what may pass is tried again', 'set-up', 'fails at once when AWS says what no other try can change'],
  ['a user that exists is taken', 'set-up', 'goes on with a user that is there already'],
  ['a crash between key and secret heals', 'set-up', 'is deleted when its secret could not be written'],
  ['tags of users', 'set-up', 'tags its users with the account and its namespace'],
  ['a reset account keeps its AWS account', 'set-up', 'rests until a person takes its state back'],
  [
    'OptInRequired while regions are tried is no failure',
    'regions',
    'wait until AWS has made the account ready',
  ],
  ['a region that fails is not lost', 'regions', 'have 51 minutes; then the account fails, says which'],
  ['no image is told', 'regions', 'fail the account when there is no image for them'],
  ['Ready only when the case is resolved', 'verification', 'is waited for while it is anything but resolved'],
  ['one case for each account', 'verification', 'is found again when the answer was lost'],
  ['Ready and claimLink make it claimed', 'ready', 'is claimed when a claim has it'],
  ['the flags renew credentials', 'ready', 'makes what %s stands for anew, and nothing else'],
  [
    'an account of a customer needs no case',
    'customers',
    'is claimed from the beginning, and Ready without a support case',
  ],
  ['a missing claim fails it', 'customers', 'has failed when its claim is not there'],
  ['a claim that names no id fails it', 'customers', 'has failed when nobody says which account it is'],
  [
    'manual STS makes nothing and has no finalizer',
    'customers',
    'is Ready without users, roles, secrets or a finalizer',
  ],
  ['STS refusals: 30, 60, 90 seconds, then Failed', 'deletion', 'has three more tries to be entered'],
  ['SUSPENDED and PENDING_CLOSURE drop the finalizer', 'deletion', 'is let go without a word when it is %s'],
  ['errors of the clean-up keep it', 'deletion', 'stays while its users cannot be taken away'],
  ['users of others stay', 'deletion', 'leaves users alone that are not its own'],
];

const titlesOf = (file: string): string =>
  readFileSync(`tests/unit/accounts/account/${file}.test.ts`, 'utf8');

describe('a behaviour of Accounts', () => {
  it.each(behaviours)('is held by a test: %s', (_, file, title) => {
    expect(titlesOf(file)).toContain(`'${title}`);
  });
});
