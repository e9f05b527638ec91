import { type WorkSettings, workSettings } from '../account/account-settings.ts';

/** What the work on claims goes by. Times are in seconds. */
export interface ClaimSettings extends WorkSettings {
  /**
   * Accounts that a claim chooses from. With as many workers at a time, most get the first one they try; more would cost
   * every claim more to read.
   */
  candidates: number;
  /** Accounts that are tried in one look: others may be quicker. */
  mostTries: number;
  /** Until another look when others were quicker every time. */
  contentionSeconds: number;
  /** Until a claim is looked at that waits for an account, if nobody has woken it. */
  pendingSeconds: number;
  /** Until the account of a claim is looked at that is not as it has to be yet. */
  accountPollSeconds: number;
  /** Until the next look when something was found to take away. */
  cleaningPollSeconds: number;
  /** Until the next try when something could not be taken away. */
  cleaningRetrySeconds: number;
  /** After which a clean-up that does not come to its end is told as failed. It goes on. */
  cleaningPatienceSeconds: number;
}

/** The settings with what the work on claims adds to them. */
export const claimSettings = (settings: WorkSettings = workSettings()): ClaimSettings => ({
  ...settings,
  candidates: 100,
  mostTries: 4,
  contentionSeconds: 1,
  pendingSeconds: 60,
  accountPollSeconds: 30,
  cleaningPollSeconds: 10,
  cleaningRetrySeconds: 60,
  cleaningPatienceSeconds: 3_600,
});
