// The framework loads this with require; the rest is TypeScript, which Node runs by itself.
const { platformStatements } = require('./permissions.ts');

const sub = (Resource) => ({ 'Fn::Sub': Resource });
const statements = platformStatements('${AWS::Partition}', '${Table.Arn}');

module.exports = statements.map(({ Resource, ...statement }) => ({ ...statement, Resource: sub(Resource) }));
