/** How the names of the temporary folders begin that rosactl lets `serverless` work in. */
export const copyPrefix = 'rosactl-';
