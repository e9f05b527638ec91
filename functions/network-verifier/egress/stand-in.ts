import {
  addTable,
  createInterface,
  createS3Gateway,
  isGateway,
  isInterface,
  serviceName,
  takeName,
  takesName,
} from '../endpoints.ts';
import type { Surroundings } from './surroundings.ts';

/** What to do so that an endpoint of the VPC stands in for a service, for the subnets of a route table: a sentence. */
export function standIn(world: Surroundings, service: string, tableId: string): string {
  const name = serviceName(world.region, service);
  const own = world.endpoints.filter(({ ServiceName }) => ServiceName === name);
  if (service === 's3') {
    const gateway = own.find(isGateway);
    return `Run: ${gateway ? addTable(gateway, tableId) : createS3Gateway(world, tableId)}`;
  }
  if (own.some(takesName))
    return 'Turn on both DNS attributes of the VPC, without which no endpoint takes a name';
  const nameless = own.find(isInterface);
  return `Run: ${nameless ? takeName(nameless) : createInterface(world, service)}`;
}
