import { networkChecks } from '../../../../functions/network-verifier/checks/index.ts';
import { networkOnWire } from '../../../support/wire/checker-on-wire.ts';
import { faultSuite } from '../../../support/wire/fault-suite.ts';

await faultSuite('the network verifier', await networkOnWire(), {
  // The probe of endpoints asks nothing of AWS.
  about: networkChecks.flatMap(({ name }) => (name === 'egress_probe' ? [] : name)),
  singles: [],
  meaningful: [
    { field: /Tags/, why: 'what has no tags is shown without' },
    {
      field: /RouteTables\.Routes\.\w+Id$/,
      why: 'a target of a kind that this version does not know, which private_subnet_egress_route reports',
    },
    { field: /IpPermissions\.(IpRanges|PrefixListIds)$/, why: 'a rule that names no such peers' },
  ],
});
