import { interruptionSuite, momentsAfterChanges, momentsBetween } from '../support/interruption-suite.ts';

interruptionSuite('setup-account, killed after the stack is deployed and run again', (reference) => [
  ...momentsAfterChanges(reference, reference.changes.indexOf('lambda:PublishVersion')),
  ...momentsBetween(reference, 'Publish'),
]);
