import { changeAccount, changeBody } from './accounts/change-account.ts';
import { deleteAccount } from './accounts/delete-account.ts';
import { getAccount, listAccounts } from './accounts/read-accounts.ts';
import { registerAccount, registrationBody } from './accounts/register-account.ts';
import { taking } from './bodies.ts';
import { clusterBody, createCluster } from './clusters/create-cluster.ts';
import { deleteCluster } from './clusters/delete-cluster.ts';
import { getCluster, getClusterStatuses, listClusters } from './clusters/read-clusters.ts';
import { info, live, ready } from './platform.ts';
import { pagingParameters } from './query.ts';
import type { Route } from './router.ts';

const accounts = '/api/v1/accounts';
const account = `${accounts}/{account_id}`;
const clusters = '/api/v1/clusters';
const cluster = `${clusters}/{id}`;

const query = pagingParameters;
const register = taking(registrationBody, registerAccount);
const change = taking(changeBody, changeAccount);
const create = taking(clusterBody, createCluster);

/** Every operation of the API. A test holds them to schemas/platform-api.openapi.json, which describes them. */
export const routes: readonly Route[] = [
  { operationId: 'getLive', method: 'GET', path: '/api/v1/live', isForAnyone: true, answer: live },
  { operationId: 'getReady', method: 'GET', path: '/api/v1/ready', isForAnyone: true, answer: ready },
  { operationId: 'getInfo', method: 'GET', path: '/api/v1/info', answer: info },
  { operationId: 'registerAccount', method: 'POST', path: accounts, answer: register },
  { operationId: 'listAccounts', method: 'GET', path: accounts, query, answer: listAccounts },
  { operationId: 'getAccount', method: 'GET', path: account, answer: getAccount },
  { operationId: 'changeAccount', method: 'PATCH', path: account, answer: change },
  { operationId: 'deleteAccount', method: 'DELETE', path: account, answer: deleteAccount },
  { operationId: 'createCluster', method: 'POST', path: clusters, answer: create },
  { operationId: 'listClusters', method: 'GET', path: clusters, query, answer: listClusters },
  { operationId: 'getCluster', method: 'GET', path: cluster, answer: getCluster },
  { operationId: 'deleteCluster', method: 'DELETE', path: cluster, answer: deleteCluster },
  {
    operationId: 'getClusterStatuses',
    method: 'GET',
    path: `${cluster}/statuses`,
    answer: getClusterStatuses,
  },
];
