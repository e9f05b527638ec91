import type { NetworkVerifierResult } from '../../../schemas/generated/network-verifier-result.js';
import type { Report } from '../../../shared/report/report.ts';
import { sampleFindings } from './findings.ts';
import { letters, privateSubnetId, publicSubnetId, sampleTopology, vpcId } from './topology.ts';

const countOf = (wanted: string): number => sampleFindings.filter(({ status }) => status === wanted).length;

/** A result of the network verifier, made by hand. */
export const sampleResult: NetworkVerifierResult = {
  network_validation_results: sampleFindings,
  summary: {
    status: 'failed',
    passed: countOf('passed'),
    failed: countOf('failed'),
    warning: countOf('warning'),
  },
  topology: sampleTopology,
  dry_run: false,
};

/** The report on it: what the documents show and the browser tests open. */
export const sampleReport: Report = {
  title: `Network verification of ${vpcId}`,
  facts: {
    Function: 'rosa-network-verifier:prod, version 7',
    Region: 'us-east-1',
    Account: '123456789012',
    rosactl: '0.1.0',
  },
  findings: sampleFindings,
  summary: sampleResult.summary,
  asked: {
    vpc_id: vpcId,
    subnet_ids: letters.flatMap((_, index) => [publicSubnetId(index), privateSubnetId(index)]),
    requirements: { public_subnets_required: true, multi_az: true, node_count: 3, max_node_count: 12 },
  },
  at: new Date('2026-11-22T04:23:14Z'),
  topology: sampleTopology,
};
