/** The log group a function writes to unless it is told otherwise. */
export const logGroupOf = (functionName: string): string => `/aws/lambda/${functionName}`;
