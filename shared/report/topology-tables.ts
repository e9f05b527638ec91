import { type Network, serviceName } from './drawing/network.ts';
import { type Content, type Html, html } from './html.ts';

type Rows = readonly (readonly Content[])[];

const id = (value: string, name?: string): Html =>
  html`${name?.trim() && html`${name}<br>`}<code>${value}</code>`;

function table(caption: string, heads: readonly string[], rows: Rows): Html | undefined {
  if (rows.length === 0) return undefined;
  return html`
  <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
  <table><caption>${caption}</caption>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ([first, ...cells]) =>
        html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
    )}</tbody>
  </table></div>`;
}

const subnetRows = (network: Network): Rows =>
  network.subnets.map((subnet) => {
    const route = network.defaultRouteOf(subnet.id);
    return [
      id(subnet.id, subnet.name),
      subnet.zone,
      `${subnet.kind}${subnet.requested ? '' : ', not asked about'}`,
      subnet.cidr || 'none',
      subnet.route_table_id ?? 'not determined',
      route ? `${route.target_id}, ${route.state}` : 'nothing',
      subnet.network_acl_id ?? 'not determined',
    ];
  });

const routeRows = ({ route_tables }: Network): Rows =>
  route_tables.flatMap((one) =>
    one.routes.map((route) => [
      id(one.id, `${one.name ?? ''}${one.main ? ' (main)' : ''}`),
      route.destination,
      route.target_kind.replaceAll('-', ' '),
      route.target_id,
      route.state,
    ]),
  );

const gatewayRows = (network: Network): Rows => [
  ...network.internet_gateways.map((one) => [id(one.id), 'internet gateway', 'attached', 'the VPC']),
  ...network.nat_gateways.map((one) => [
    id(one.id, one.name),
    'NAT gateway',
    one.state,
    one.subnet_id ?? 'the VPC (regional)',
  ]),
  ...network.transit_gateways.map((one) => [
    id(one.id),
    'transit gateway',
    one.state,
    one.attachment_id ?? 'the VPC',
  ]),
];

const endpointRows = ({ endpoints }: Network): Rows =>
  endpoints.map((one) => [
    id(one.id, one.name),
    html`<span title="${one.service}">${serviceName(one.service)}</span>`,
    one.type,
    one.state,
    [...one.subnet_ids, ...one.route_table_ids].join(', ') || 'nothing',
  ]);

/** All that is drawn, in words. */
export const topologyTables = (network: Network): Html => html`
<div class="text"><details class="measured tables"><summary>The drawing as tables</summary>
  ${table(
    'Subnets',
    ['Subnet', 'Zone', 'Kind', 'IPv4 range', 'Route table', 'Internet traffic goes to', 'Network ACL'],
    subnetRows(network),
  )}
  ${table('Gateways', ['Gateway', 'Kind', 'State', 'Where'], gatewayRows(network))}
  ${table('Endpoints', ['Endpoint', 'Service', 'Type', 'State', 'In or routed to by'], endpointRows(network))}
  ${table('Routes', ['Route table', 'Destination', 'Kind of target', 'Target', 'State'], routeRows(network))}
</details></div>`;
