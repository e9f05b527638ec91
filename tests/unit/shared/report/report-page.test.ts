import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validate } from '../../../../schemas/generated/network-verifier-result.js';
import type { Report, ReportFinding } from '../../../../shared/report/report.ts';
import { reportPage } from '../../../../shared/report/report-page.ts';
import { sampleReport, sampleResult } from '../../../../tools/docs/sample/report.ts';
import { privateSubnetId, sampleTopology } from '../../../../tools/docs/sample/topology.ts';

const finding = (differences: Partial<ReportFinding> = {}): ReportFinding => ({
  check_name: 'one_check',
  status: 'passed',
  message: 'what was found',
  details: {},
  ...differences,
});

/** A report without a network, with one finding that passed. */
const pageOf = (differences: Partial<Report> = {}): string =>
  reportPage({
    title: 'Preflight check',
    facts: { Region: 'us-east-1' },
    findings: [finding()],
    summary: { status: 'passed', passed: 1, failed: 0, warning: 0 },
    asked: { region: 'us-east-1' },
    at: new Date('2026-11-22T04:23:14.567Z'),
    ...differences,
  });

/** Where words come first on a page. */
const placesOf = (page: string, ...words: string[]): number[] => words.map((word) => page.indexOf(word));

const nasty = `</style><script>alert("x")</script>' & "`;

describe('the page of a report', () => {
  it('has findings worst first', () => {
    const findings = [
      finding({ message: 'the one that passed' }),
      finding({ message: 'the one to look at', status: 'warning' }),
      finding({ message: 'the one that failed', status: 'failed' }),
    ];
    const places = placesOf(
      pageOf({ findings }),
      'the one that failed',
      'the one to look at',
      'the one that passed',
    );
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  it('has name, message, resource and details of a finding', () => {
    const details = { free_addresses: 21, zones: [], limits: [{ least: 1 }, { least: null }], note: '' };
    const page = pageOf({
      findings: [finding({ status: 'failed', resource_id: 'subnet-0a1b2c3d', details })],
    });
    for (const words of [
      'one_check',
      'what was found',
      'subnet-0a1b2c3d',
      'free addresses',
      '<dd>21</dd>',
      'least',
    ]) {
      expect(page).toContain(words);
    }
    expect(page).toContain('(empty)');
  });

  it('folds what passed, and only that', () => {
    const passed = pageOf();
    expect(passed).toMatch(/<details class="all"><summary>Show what passed: 1 check/);
    expect(pageOf({ findings: [finding({ status: 'failed' })] })).not.toContain('class="all"');
  });

  it('says who was asked for what, and when, in UTC', () => {
    const page = pageOf({ facts: { Account: '123456789012' }, asked: { vpc_id: 'vpc-0a1b2c3d' } });
    for (const words of ['123456789012', 'vpc-0a1b2c3d', '2026-11-22 04:23:14 UTC'])
      expect(page).toContain(words);
  });

  it.each([
    [{ status: 'passed', passed: 1, failed: 0, warning: 0 }, 'Everything that was checked passed'],
    [{ status: 'warning', passed: 0, failed: 0, warning: 1 }, 'Nothing failed; 1 thing to look at'],
    [{ status: 'failed', passed: 0, failed: 2, warning: 0 }, 'A cluster would not work: 2 findings failed'],
  ] as const)('that ends as %j says: %s', (summary, words) => {
    expect(pageOf({ summary })).toContain(words);
  });

  it('has no drawing of a preflight check, and says why where one was to be', () => {
    expect(pageOf()).not.toContain('The VPC');
    const page = pageOf({ undrawn: 'There is no drawing: it is too old.' });
    expect(page).toContain('There is no drawing: it is too old.');
    expect(page).not.toContain('<svg');
  });

  it('says which parts of the network were not shown', () => {
    const not_determined = [{ part: 'nat_gateways', message: 'ec2:DescribeNatGateways was refused' }];
    const page = pageOf({ topology: { ...sampleTopology, not_determined } });
    expect(page).toContain('<b>nat gateways</b>: not determined. ec2:DescribeNatGateways was refused');
  });

  it('has every cut name and id in full, as a tooltip', () => {
    const long = `${'a'.repeat(120)}-${'b'.repeat(120)}`;
    const subnets = sampleTopology.subnets.map((subnet) => ({ ...subnet, name: long }));
    const page = pageOf({ topology: { ...sampleTopology, subnets } });
    expect(page).toContain(`<title>${long}\n`);
    expect(page).toMatch(/>a+…b+<\/text>/);
  });

  it('shows ways hop by hop, out and back, once for all groups that take them', () => {
    const page = reportPage({
      ...sampleReport,
      findings: sampleReport.findings.filter(({ status }) => status === 'failed'),
    });
    expect(page.match(/<h6>Out<\/h6>/g)).toHaveLength(2);
    expect(page.match(/<h6>Back<\/h6>/g)).toHaveLength(1);
    expect(page).toContain('From shop-private-b to images, updates, telemetry: blocked at nat-');
    expect(page).toContain('no rule lets in tcp 1024 to 65535');
  });

  it('shows a finding about a way that could not be determined as any other', () => {
    const details = { reason_code: 'access_denied', missing_action: 'ec2:DescribeRouteTables' };
    const page = pageOf({ findings: [finding({ check_name: 'egress_path', status: 'warning', details })] });
    expect(page).toContain('ec2:DescribeRouteTables');
  });

  it('is the same for the same report', () => {
    expect(reportPage(sampleReport)).toBe(reportPage(structuredClone(sampleReport)));
  });
});

describe('what others have written', () => {
  it('is text wherever it stands', () => {
    const [subnet, ...others] = sampleTopology.subnets;
    if (!subnet) throw new Error('the sample has no subnet');
    const page = reportPage({
      ...sampleReport,
      title: nasty,
      facts: { [nasty]: nasty },
      asked: { [nasty]: [nasty] },
      findings: [
        ...sampleReport.findings,
        finding({ message: nasty, resource_id: nasty, details: { [nasty]: { [nasty]: nasty } } }),
      ],
      topology: {
        ...sampleTopology,
        vpc: { id: nasty, name: nasty, cidrs: [nasty] },
        subnets: [{ ...subnet, name: nasty, zone: nasty, cidr: nasty }, ...others],
        not_determined: [{ part: nasty, message: nasty }],
      },
    });
    expect(page).toContain(
      '&lt;/style&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39; &amp; &quot;',
    );
    expect(page).not.toContain('<script');
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });

  it('never brings a tag, whatever it is', () => {
    const tags = (page: string): string[] => page.match(/<[a-z/!][a-z0-9]*/g) ?? [];
    const expected = tags(pageOf({ findings: [finding({ message: 'x', details: { y: 'x' } })] }));
    const texts = fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[<>"'&/a-z]+$/));
    fc.assert(
      fc.property(texts, (text) => {
        const page = pageOf({ findings: [finding({ message: text, details: { y: text } })] });
        expect(tags(page)).toEqual(expected);
      }),
      { seed: 20261122 },
    );
  });
});

describe('the page on its own', () => {
  it('lets nothing be loaded and nothing run', () => {
    expect(reportPage(sampleReport)).toContain(
      `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;`,
    );
  });

  it('refers to nothing but itself', () => {
    const page = reportPage(sampleReport);
    const addresses = [...page.matchAll(/(?:href|src|srcset|action|data)="([^"]*)"/g)].map(
      ([, to = '']) => to,
    );
    expect(addresses.length).toBeGreaterThan(5);
    for (const to of addresses) expect(to).toMatch(/^#/);
    expect(page).not.toMatch(/url\(|@import|<link|<iframe|<script/);
  });

  it('has everything it refers to', () => {
    const page = reportPage(sampleReport);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
  });
});

describe('the sample', () => {
  it('is a result as the verifier gives them', () => {
    expect({ valid: validate(sampleResult), errors: validate.errors }).toMatchObject({ valid: true });
    expect(sampleResult.network_validation_results.map(({ resource_id }) => resource_id)).toContain(
      privateSubnetId(1),
    );
  });
});
