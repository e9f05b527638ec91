import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { accountsAlarms } from '../../../accounts/observability/alarms.ts';
import { seedGauges } from '../../../accounts/observability/gauges.ts';

const page = await readFile(new URL('../../../docs/accounts/README.md', import.meta.url), 'utf8');

describe('docs/accounts/README.md', () => {
  it('lists the seed’s metrics with the names they are published by, and what they tell', () => {
    for (const [seedName, { name, tells }] of Object.entries(seedGauges)) {
      const published = name.replace('aws_account_operator_', '');
      expect(page).toContain(`| \`${seedName}\` | \`${published}\` | ${tells} |`);
    }
  });

  it('says what to do for every alarm of the service’s own', () => {
    const names = Object.values(accountsAlarms).map(({ Properties }) => String(Properties.AlarmName));
    const own = names.filter((name) => !/-(errors|throttles|dead|wait|waits)$/.test(name));
    expect(own.length).toBe(7);
    for (const name of own) expect(page).toContain(`| \`${name}\` |`);
  });
});
