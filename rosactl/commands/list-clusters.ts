import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { table } from '../../shared/cli/table.ts';
import { plain } from '../../shared/platform-api/plain.ts';
import type { Cluster } from '../../shared/platform-api/platform-api.ts';
import { platformApiOf } from '../cluster-context.ts';
import { timeText } from '../cluster-lines.ts';
import type { Command } from '../command.ts';

const heading = ['NAME', 'ID', 'PHASE', 'VERSION', 'REGION', 'CREATED'];

const cellsOf = ({ name, id, phase, version, region, createdAt }: Cluster): string[] =>
  [name, id, phase, version ?? '-', region ?? '-', timeText(createdAt)].map((cell) => plain(cell));

const none = [
  'There are no clusters of this account.',
  'Next: rosactl create cluster --name <name> --vpc-id <id> --subnet-ids <ids> --verify',
];

export const listClusters: Command = {
  name: 'list clusters',
  summary: 'list the clusters of the account',
  description: 'Asks the Platform API for all clusters of the account.',
  options: [],
  examples: ['rosactl list clusters', 'rosactl list clusters --output json'],
  run: async (context) => {
    const clusters = await platformApiOf(context).listClusters();
    return {
      exitCode: exitCodes.fine,
      data: { clusters },
      lines: clusters.length > 0 ? table([heading, ...clusters.map(cellsOf)]) : none,
    };
  },
};
