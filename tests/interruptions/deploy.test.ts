import { interruptionSuite, momentsAfterChanges, momentsBetween } from '../support/interruption-suite.ts';

interruptionSuite('setup-account, killed until the stack is deployed and run again', (reference) => [
  ...momentsAfterChanges(reference, 0, reference.changes.indexOf('lambda:PublishVersion')),
  ...momentsBetween(reference, 'Deploy the stack', 'Publish'),
]);
