/**
 * An event source mapping, in the words of Lambda's API, with where it lives.
 * https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export type Mapping = {
  UUID: string;
  AccountId: string;
  Region: string;
  Enabled: boolean;
  /** With the version or alias it feeds, if it names one. */
  FunctionArn: string;
  EventSourceArn: string;
  BatchSize: number;
  MaximumBatchingWindowInSeconds?: number;
  FunctionResponseTypes?: string[];
  FilterCriteria?: { Filters?: { Pattern?: string }[] };
  DestinationConfig?: { OnFailure?: { Destination?: string } };
  ScalingConfig?: { MaximumConcurrency?: number };
  BisectBatchOnFunctionError?: boolean;
  /** -1, the default, tries until the record is too old. */
  MaximumRetryAttempts?: number;
  /** Of a stream: how many records it had that the mapping does not want. */
  StartingIndex: number;
};

/** Whether the function tells which items of a batch failed. */
export const reportsFailures = ({ FunctionResponseTypes }: Pick<Mapping, 'FunctionResponseTypes'>): boolean =>
  FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false;

/** What brings a source's items to its function, until it is stopped. */
export interface Poller {
  /** There may be something new: look at once. */
  ring(): void;
  /** Starts nothing more. Resolves when what was under way has ended. */
  stop(): Promise<void>;
}
