import { createHash } from 'node:crypto';
import {
  arnOf,
  policy,
  type Resource,
  type Resources,
  ref,
  sub,
  when,
} from '../../observability/template.ts';

/** What of the API is set from outside. */
export interface GatewaySettings {
  /** Of the API's address. */
  stage: string;
  /** Requests a second, and how many at once: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
  throttlingRateLimit: number;
  throttlingBurstLimit: number;
  logRetentionDays: number;
}

const restApiId = ref('RestApi');

/**
 * Whoever is signed in to AWS may call; the function decides by the account whom it serves. A caller's own account has
 * to permit it too: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
const restApi: Resource = {
  Type: 'AWS::ApiGateway::RestApi',
  Properties: {
    Name: 'rosa-regional',
    Description: 'Platform API of the ROSA regional platform',
    EndpointConfiguration: { Types: ['REGIONAL'] },
    Policy: policy({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/*',
    }),
  },
};

const anyPath: Resource = {
  Type: 'AWS::ApiGateway::Resource',
  Properties: {
    RestApiId: restApiId,
    ParentId: { 'Fn::GetAtt': ['RestApi', 'RootResourceId'] },
    PathPart: '{proxy+}',
  },
};

const anyMethod: Resource = {
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: restApiId,
    ResourceId: ref('AnyPath'),
    HttpMethod: 'ANY',
    AuthorizationType: 'AWS_IAM',
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: sub(
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${ApiLambdaFunction.Arn}/invocations',
      ),
    },
  },
};

/** One line of JSON for each request, refused ones included: who signed it, and what came of it. */
const accessLogFormat = JSON.stringify({
  request_id: '$context.requestId',
  time: '$context.requestTime',
  account_id: '$context.identity.accountId',
  caller_arn: '$context.identity.userArn',
  source_ip: '$context.identity.sourceIp',
  user_agent: '$context.identity.userAgent',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  error: '$context.error.message',
  response_bytes: '$context.responseLength',
  latency_ms: '$context.responseLatency',
});

const deployment = ({ stage, throttlingRateLimit, throttlingBurstLimit }: GatewaySettings): Resource => ({
  Type: 'AWS::ApiGateway::Deployment',
  DependsOn: ['AnyMethod'],
  Properties: {
    RestApiId: restApiId,
    StageName: stage,
    // Naming it has API Gateway's role for logs set before; DependsOn may not name what is not always made.
    Description: when(
      'HasApiGatewayRole',
      sub('Logs by the role of ${ApiGatewayAccount}'),
      'Logs by the role of the region',
    ),
    StageDescription: {
      AccessLogSetting: { DestinationArn: arnOf('ApiAccessLog'), Format: accessLogFormat },
      TracingEnabled: when('HasTracing', true, false),
      ThrottlingRateLimit: throttlingRateLimit,
      ThrottlingBurstLimit: throttlingBurstLimit,
    },
  },
});

/** What of the API takes effect only when it is deployed anew has a part in the deployment's name. */
function deploymentName(settings: GatewaySettings): string {
  const deployed = JSON.stringify([restApi, anyPath, anyMethod, deployment(settings)]);
  return `Deployment${createHash('sha256').update(deployed).digest('hex').slice(0, 12)}`;
}

/** API Gateway writes logs by a role that a region has one of: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
const logging: Resources = {
  ApiGatewayLogRole: {
    Type: 'AWS::IAM::Role',
    Condition: 'HasApiGatewayRole',
    Properties: {
      Description: 'By which API Gateway writes logs in this region',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { Service: 'apigateway.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      PermissionsBoundary: when('HasPermissionsBoundary', ref('PermissionsBoundaryArn')),
      ManagedPolicyArns: [
        sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    },
  },
  ApiGatewayAccount: {
    Type: 'AWS::ApiGateway::Account',
    Condition: 'HasApiGatewayRole',
    Properties: { CloudWatchRoleArn: arnOf('ApiGatewayLogRole') },
  },
};

/** The API: one method for all paths, which the function answers. */
export function gateway(settings: GatewaySettings): { Resources: Resources; Outputs: object } {
  return {
    Resources: {
      RestApi: restApi,
      AnyPath: anyPath,
      AnyMethod: anyMethod,
      [deploymentName(settings)]: deployment(settings),
      ApiPermission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: arnOf('ApiLambdaFunction'),
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/*/*'),
        },
      },
      ApiAccessLog: {
        Type: 'AWS::Logs::LogGroup',
        Properties: {
          LogGroupName: '/aws/api-gateway/rosa-regional',
          RetentionInDays: settings.logRetentionDays,
          KmsKeyId: when('HasKmsKey', ref('KmsKeyArn')),
        },
      },
      ...logging,
    },
    Outputs: {
      ApiUrl: {
        Description: 'What rosactl takes as --platform-api-url',
        Value: sub(`https://\${RestApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/${settings.stage}`),
      },
      ApiId: { Description: 'Id of the REST API', Value: restApiId },
    },
  };
}
