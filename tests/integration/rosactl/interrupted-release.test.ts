import { expect } from '@jest/globals';
import { interruptionSuite, momentsAfterChanges, momentsBetween } from '../../support/interruption-suite.ts';

interruptionSuite('setup-account, killed after the stack is deployed and run again', (reference) => {
  const { changes } = reference;
  // prod is pointed to nothing that was not tried.
  expect(changes.indexOf('lambda:CreateAlias')).toBeGreaterThan(changes.lastIndexOf('lambda:Invoke'));
  return [
    ...momentsAfterChanges(reference, changes.indexOf('lambda:PublishVersion')),
    ...momentsBetween(reference, 'Publish'),
  ];
});
