// The framework loads this with require; the rest is TypeScript, which Node runs by itself.
const { alarmTopic } = require('../../observability/alarm-topic.ts');
const { accountsAlarms } = require('./alarms.ts');
const { accountsDashboard } = require('./dashboard.ts');

const topic = alarmTopic({ name: 'rosa-accounts-alarms', title: 'ROSA accounts' });

module.exports = { Resources: { ...accountsDashboard, ...accountsAlarms, ...topic } };
