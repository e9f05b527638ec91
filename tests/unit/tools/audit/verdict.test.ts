import { describe, expect, it } from '@jest/globals';
import { tell, verdictOf } from '../../../../tools/audit/verdict.ts';

const report = (...severities: string[]): string => {
  const entries = severities.map((severity, index) => {
    const name = `package-${index}`;
    return [name, { name, severity, range: '<2.0.0' }];
  });
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities: Object.fromEntries(entries) });
};

const told = (printed: string) => tell(verdictOf(printed));

describe('the audit of the packages', () => {
  it('passes when nothing is known of any', () => {
    expect(told(report())).toEqual({
      text: 'No package has a known weakness of high severity.',
      status: 0,
    });
  });

  it('passes with what is below high, and says so', () => {
    expect(told(report('low', 'moderate'))).toMatchObject({
      text: expect.stringContaining('(2 below high'),
      status: 0,
    });
  });

  it.each(['high', 'critical'])('fails with a %s one, by name and version', (severity) => {
    expect(told(report('low', severity))).toMatchObject({
      text: expect.stringContaining(`package-1 <2.0.0: ${severity}`),
      status: 1,
    });
  });

  it.each([
    ['was refused', JSON.stringify({ message: '405 Method Not Allowed', error: { summary: '' } }), '405'],
    ['was not there', JSON.stringify({ error: { summary: 'getaddrinfo ENOTFOUND' } }), 'getaddrinfo'],
    ['is no JSON', 'npm error something', 'npm error something'],
    ['is empty', '', 'npm printed nothing'],
  ])('tells an answer that %s from a finding and from none', (_what, printed, reason) => {
    const { text, status } = told(printed);
    expect(status).toBe(2);
    expect(text).toContain(`could not ask for known weaknesses (${reason}`);
    expect(text).toContain('no finding and no clean bill');
  });
});
