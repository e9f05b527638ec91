import {
  type CaseDetails,
  CreateCaseCommand,
  paginateDescribeCases,
  type SupportClient,
} from '@aws-sdk/client-support';
import { AwsCallError, awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import type { CaseRequest, SupportCase, SupportCases } from './support-cases.ts';

/** Clients of AWS Support, which answers in one region of each partition. */
export interface SupportClients {
  support: SupportClient;
  /** One that tries once: a second try would open a second case. */
  creating: SupportClient;
}

const describing = 'support:DescribeCases';

const caseOf = (one: CaseDetails): SupportCase & { openedAt: string; subject: string } => {
  const {
    caseId: id,
    status,
    timeCreated: openedAt,
    subject,
  } = told(describing, one, 'caseId', 'status', 'timeCreated', 'subject');
  return { id, status, openedAt, subject };
};

function describe(client: SupportClient, which: { caseIdList?: string[]; afterTime?: string }) {
  const input = { ...which, includeResolvedCases: true, includeCommunications: false };
  return listing(describing, paginateDescribeCases({ client }, input), (page) => page.cases, caseOf);
}

async function open(creating: SupportClient, request: CaseRequest) {
  const action = 'support:CreateCase';
  const { body, ...rest } = request;
  const command = new CreateCaseCommand({ ...rest, communicationBody: body, language: 'en' });
  const output = await awsCall(action, () => creating.send(command));
  return { outcome: 'opened' as const, id: told(action, output, 'caseId').caseId };
}

const shown = ({ id, status }: SupportCase): SupportCase => ({ id, status });

/** Cases of the account of the clients. It needs a support plan with the API in it, or every call is refused. */
export const awsSupportCases = ({ support, creating }: SupportClients): SupportCases => ({
  open: (request) =>
    open(creating, request).catch((error: unknown) => {
      // https://docs.aws.amazon.com/awssupport/latest/APIReference/API_CreateCase.html#API_CreateCase_Errors
      const isLimit = error instanceof AwsCallError && error.code === 'CaseCreationLimitExceeded';
      if (!isLimit) throw error;
      return { outcome: 'limit' as const, said: error.said };
    }),

  findBySubject: async (subject, since) => {
    const cases = await describe(support, { afterTime: since.toISOString() });
    const [newest] = cases
      .filter((one) => one.subject === subject)
      .sort((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt));
    return newest && shown(newest);
  },

  get: async (id) => {
    const found = (await unlessMissing(describe(support, { caseIdList: [id] })))?.find(
      (one) => one.id === id,
    );
    return found && shown(found);
  },
});
