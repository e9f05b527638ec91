// The framework loads this with require; the rest is TypeScript, which Node runs by itself.
const { gateway } = require('./rest-api.ts');

module.exports = async ({ resolveVariable }) => {
  const number = async (name) => Number(await resolveVariable(`param:${name}`));
  return gateway({
    stage: await resolveVariable('sls:stage'),
    throttlingRateLimit: await number('throttlingRateLimit'),
    throttlingBurstLimit: await number('throttlingBurstLimit'),
    logRetentionDays: await number('logRetentionDays'),
  });
};
