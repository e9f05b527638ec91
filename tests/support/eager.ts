/** Answers of the laptop AWS are there at once; the framework would look every five seconds. In milliseconds. */
export const eager = { SLS_AWS_MONITORING_FREQUENCY: '200' };
