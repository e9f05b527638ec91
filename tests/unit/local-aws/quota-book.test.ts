import { describe, expect, it } from '@jest/globals';
import { QuotaBook, readOverride } from '../../../local-aws/service-quotas/quota-book.ts';

const vcpus = { serviceCode: 'ec2', quotaCode: 'L-1216C47A' };

function valueIn(book: QuotaBook, account = '123456789012', region = 'us-east-1') {
  const quota = book.quotas('ec2').find(({ code }) => code === vcpus.quotaCode);
  return quota && book.value(account, region, 'ec2', quota);
}

describe('QuotaBook', () => {
  it('starts with the published default', () => {
    expect(valueIn(new QuotaBook())).toBe(5);
  });

  it('gives a value set for one account and region there and nowhere else', () => {
    const book = new QuotaBook();
    book.set({ ...vcpus, account: '123456789012', region: 'us-east-1', value: 100 });
    expect([valueIn(book), valueIn(book, '111122223333'), valueIn(book, undefined, 'eu-west-1')]).toEqual([
      100, 5, 5,
    ]);
  });

  it('gives the value set last', () => {
    const book = new QuotaBook();
    for (const value of [10, null]) book.set({ ...vcpus, value });
    expect(valueIn(book)).toBeNull();
  });

  it('names a source for every service', () => {
    const book = new QuotaBook();
    for (const code of ['ec2', 'ebs', 'vpc', 'elasticloadbalancing', 'iam', 'route53']) {
      expect(book.service(code)?.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});

describe('readOverride', () => {
  it.each([0, 12.5, null, 'never-raised'])('takes %s as a value', (value) => {
    expect(readOverride({ ...vcpus, value })).toMatchObject({ ...vcpus, value });
  });

  it.each([
    ['no code', { quotaCode: undefined, value: 1 }, /"serviceCode" and "quotaCode"/],
    ['an unknown code', { quotaCode: 'L-0', value: 1 }, /there is no quota L-0 of ec2/],
    ['a text as value', { value: '5' }, /a number from 0, null/],
    ['no value', {}, /a number from 0, null/],
    ['a number as account', { value: 1, account: 123456789012 }, /are texts/],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => readOverride({ ...vcpus, ...wrong })).toThrow(message);
  });
});
