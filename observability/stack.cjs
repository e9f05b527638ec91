// The framework loads this with require; the rest is TypeScript, which Node runs by itself.
const { join } = require('node:path');
const { observability } = require('./stack.ts');

module.exports = observability(join(__dirname, 'queries'));
