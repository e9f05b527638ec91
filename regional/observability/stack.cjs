// The framework loads this with require; the rest is TypeScript, which Node runs by itself.
const { alarmTopic } = require('../../observability/alarm-topic.ts');
const { regionalAlarms } = require('./alarms.ts');
const { fleetDashboard } = require('./dashboard.ts');

const topic = alarmTopic({ name: 'rosa-regional-alarms', title: 'ROSA regional platform' });

module.exports = { Resources: { ...fleetDashboard, ...regionalAlarms, ...topic } };
