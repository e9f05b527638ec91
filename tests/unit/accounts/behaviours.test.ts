import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** What those rely on who know AccountPools and Accounts, and the test that holds it: file and title. */
const behaviours: [behaviour: string, file: string, title: string][] = [
  ['a pool that has enough tells its status', 'account-pool/account-pool', 'tells so, and makes no account'],
  ['a short pool makes one account, its own', 'account-pool/account-pool', 'makes one account in one look'],
  ['mixed states count as what they are', 'account-pool/account-pool', 'counts accounts in every state'],
  [
    'accounts without a state are supply',
    'account-pool/account-pool',
    'is so by accounts that nothing was done',
  ],
  ['failed ones are replaced', 'account-pool/account-pool', 'replaces an account that %s'],
  ['but not without an end', 'account-pool/account-pool', 'replaces %s, and then waits for somebody to look'],
  ['no look makes too many', 'account-pool/account-pool', 'is filled, and not beyond, look by look'],
  [
    'none is made at the limit',
    'account-pool/account-pool',
    'is kept, and the pool looks again in five minutes',
  ],
  ['none before the first count', 'account-pool/account-pool', 'lets none be made while the organization %s'],
  ['a status is written when it changes', 'account-pool/account-pool', 'writes its status only when'],
  [
    'no listing, no account',
    'organization-limit/organization-limit',
    'keeps the last count when AWS does not answer, has none made',
  ],
  [
    'the suspended are not counted, those under way are',
    'organization-limit/organization-limit',
    'counts what is not closed, and what is under way',
  ],
  [
    'as many as the limit are enough',
    'organization-limit/organization-limit',
    'until the organization has as many as its limit says',
  ],
  [
    'no number, no account',
    'organization-limit/organization-limit',
    'by nobody without a limit that is a number',
  ],
  ['both listings have pages', 'aws/faults', 'comes in pages, it is the same'],
  [
    'ConcurrentModification and TooManyRequests leave the state',
    'account/creation',
    'comes again when AWS says %s',
  ],
  ['ServiceException leaves the state', 'account/creation', 'comes again, in no other state, after %s'],
  [
    'a violated constraint waits five minutes',
    'account/creation',
    'waits five minutes for room in the organization %s',
  ],
  ['an unknown error of CreateAccount fails the account', 'account/creation', 'has failed when AWS says %s'],
  [
    'an error of DescribeCreateAccountStatus surfaces',
    'account/creation',
    'keeps its request when AWS does not tell what became of it',
  ],
  [
    'an address that we have taken ourselves is no failure',
    'account/creation',
    'is found again when the address is taken: by ourselves',
  ],
  ['one that a stranger has is', 'account/creation', 'has failed when somebody elsewhere has the address'],
  ['success gives the id', 'account/creation', 'is Creating from the write on in which it gets its id'],
  ['nothing is made at the limit', 'account/creation', 'waits five minutes for room in the organization %s'],
  ['an account with an id is adopted', 'account/creation', 'is adopted when nobody has it'],
  ['the payer account is left alone', 'account/creation', 'is never the one that pays'],
  [
    'too long in Creating fails, and only there',
    'account/set-up',
    'has ten minutes, counted from when it became Creating',
  ],
  [
    'InvalidClientTokenId, AccessDenied and others are mapped',
    'account/set-up',
    'says what is in the way when AWS answers %s',
  ],
  [
    'only what may pass is tried again',
    'account/set-up',
    'fails at once when AWS says what no other try can change',
  ],
  ['a user that exists is taken', 'account/set-up', 'goes on with a user that is there already'],
  [
    'a crash between key and secret heals',
    'account/set-up',
    'is deleted when its secret could not be written',
  ],
  ['keys of before are deleted', 'account/set-up', 'are deleted, though they are as many as IAM allows'],
  ['tags of users', 'account/set-up', 'tags its users with the account and its namespace'],
  ['a reset account keeps its AWS account', 'account/set-up', 'rests until a person takes its state back'],
  [
    'OptInRequired while regions are tried is no failure',
    'account/regions',
    'wait until AWS has made the account ready',
  ],
  [
    'a region that fails is not lost',
    'account/regions',
    'have 51 minutes; then the account fails, says which',
  ],
  ['no image is told', 'account/regions', 'fail the account when there is no image for them'],
  [
    'Ready only when the case is resolved',
    'account/verification',
    'is waited for while it is anything but resolved',
  ],
  ['one case for each account', 'account/verification', 'is found again when the answer was lost'],
  ['Ready and claimLink make it claimed', 'account/ready', 'is claimed when a claim has it'],
  ['the flags renew credentials', 'account/ready', 'makes what %s stands for anew, and nothing else'],
  [
    'an account of a customer needs no case',
    'account/customers',
    'is claimed from the beginning, and Ready without a support case',
  ],
  ['a missing claim fails it', 'account/customers', 'has failed when its claim is not there'],
  [
    'a claim that names no id fails it',
    'account/customers',
    'has failed when nobody says which account it is',
  ],
  [
    'manual STS makes nothing and has no finalizer',
    'account/customers',
    'is Ready without users, roles, secrets or a finalizer',
  ],
  [
    'revoked keys do not hold a deletion',
    'account/customers',
    'leaves by the role, which goes last, when %s',
  ],
  ['one that was never entered goes', 'account/deletion', 'goes without a look into its AWS account'],
  ['STS refusals: 30, 60, 90 seconds, then Failed', 'account/deletion', 'has three more tries to be entered'],
  [
    'SUSPENDED and PENDING_CLOSURE drop the finalizer',
    'account/deletion',
    'is let go without a word when it is %s',
  ],
  ['errors of the clean-up keep it', 'account/deletion', 'stays while its users cannot be taken away'],
  ['users of others stay', 'account/deletion', 'leaves users alone that are not its own'],
];

const titlesOf = (file: string): string => readFileSync(`tests/unit/accounts/${file}.test.ts`, 'utf8');

describe('a behaviour of AccountPools and Accounts', () => {
  it.each(behaviours)('is held by a test: %s', (_, file, title) => {
    expect(titlesOf(file)).toContain(`'${title}`);
  });
});
