import type { RouteTable } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { effectiveRouteTable } from '../../../../functions/network-verifier/routing.ts';
import {
  igwId,
  mainTable,
  mainTableId,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicTable,
} from '../../../support/fakes/network.ts';

/** What of the choice matters: which table, and by which rule. */
const chosen = (tables: RouteTable[]) => {
  const effective = effectiveRouteTable(tables, privateSubnetId);
  return effective && { table: effective.table.RouteTableId, by: effective.by };
};

describe('the route table of a subnet', () => {
  describe('given an association of its own', () => {
    it('is the associated one, wherever it stands in the list', () => {
      expect(chosen([mainTable(), publicTable(), privateTable()])).toEqual({
        table: privateTableId,
        by: 'explicit',
      });
    });

    it('is found among several associations of one table', () => {
      const shared = privateTable();
      shared.Associations?.unshift({ SubnetId: 'subnet-of-another', Main: false });
      expect(chosen([mainTable(), shared])).toEqual({ table: privateTableId, by: 'explicit' });
    });

    it('is the associated one when AWS shows no state', () => {
      const table = privateTable();
      table.Associations = [{ SubnetId: privateSubnetId }];
      expect(chosen([mainTable(), table])).toEqual({ table: privateTableId, by: 'explicit' });
    });
  });

  describe('given no association of its own', () => {
    it('is the main table', () => {
      expect(chosen([publicTable(), mainTable()])).toEqual({ table: mainTableId, by: 'main' });
    });

    it('is none when no main table is shown', () => {
      expect(chosen([publicTable()])).toBeUndefined();
    });
  });

  describe('given an association that was ended', () => {
    it.each(['disassociated', 'disassociating', 'failed'] as const)('ignores one that is %s', (State) => {
      const table = privateTable();
      table.Associations = [{ SubnetId: privateSubnetId, AssociationState: { State } }];
      expect(chosen([table, mainTable()])).toEqual({ table: mainTableId, by: 'main' });
    });

    it('ignores the main association that a table used to have', () => {
      const former = publicTable();
      former.Associations = [{ Main: true, AssociationState: { State: 'disassociated' } }];
      expect(chosen([former, mainTable()])).toEqual({ table: mainTableId, by: 'main' });
    });
  });

  it('is never the edge table of a gateway', () => {
    const edge = publicTable();
    edge.Associations = [{ GatewayId: igwId, Main: true, AssociationState: { State: 'associated' } }];
    expect(chosen([edge, mainTable()])).toEqual({ table: mainTableId, by: 'main' });
  });
});
