/** The account that a customer brings. */
export const customerId = '333333333333';

/** The name of an account that was invited into the organization. */
export const invitedName = 'somebody';
