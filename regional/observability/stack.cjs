// The framework loads this with require; the rest is TypeScript, which Node runs by itself.
const { fleetDashboard } = require('./dashboard.ts');

module.exports = { Resources: fleetDashboard };
