/** A case to be opened: https://docs.aws.amazon.com/awssupport/latest/APIReference/API_CreateCase.html */
export interface CaseRequest {
  /** What it is found by again, so it names what it is for. */
  subject: string;
  body: string;
  serviceCode: string;
  categoryCode: string;
  issueType: string;
  severityCode: string;
}

/** A case. Its status is AWS's own word; `resolved` is the one of a case that is done. */
export interface SupportCase {
  id: string;
  status: string;
}

/** Cases of AWS Support, which the payer opens. Every call rejects with AwsCallError when AWS refuses it. */
export interface SupportCases {
  /**
   * Opens a case, once. After a rejection as `unavailable` nobody knows whether AWS has got it: look for it with
   * `findBySubject` before opening another. `limit`: too many were opened of late; nothing was done.
   */
  open(request: CaseRequest): Promise<{ outcome: 'opened'; id: string } | { outcome: 'limit'; said: string }>;
  /**
   * The newest case of exactly that subject, resolved ones included; undefined when there is none, or it is not shown yet.
   * @param since when it may have been opened at the earliest
   */
  findBySubject(subject: string, since: Date): Promise<SupportCase | undefined>;
  /** Undefined when AWS does not know it, or not yet. */
  get(id: string): Promise<SupportCase | undefined>;
}
