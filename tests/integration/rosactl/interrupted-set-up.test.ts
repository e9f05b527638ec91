import { interruptionSuite, momentsAfterFirsts } from '../../support/interruption-suite.ts';

interruptionSuite(
  'setup-account, killed after the first of each kind of change and run again',
  momentsAfterFirsts,
);
