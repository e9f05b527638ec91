/** Ends the names of its Account and of what is made in it. */
export const customersSuffix = 'byoc01';

/** The name of an account that was invited into the organization. */
export const invitedName = 'somebody';
