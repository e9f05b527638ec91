import { policy, type Resources, ref, sub, when } from './template.ts';

/**
 * The topic the alarms go to unless another is given, and a subscription to whichever it is. CloudWatch can publish
 * to an encrypted topic only with a customer managed key, whose policy lets it; without one the topic is not
 * encrypted, and no message has more in it than an alarm's name and numbers:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export const alarmTopic = ({ name, title }: { name: string; title: string }): Resources => ({
  AlarmTopic: {
    Type: 'AWS::SNS::Topic',
    Condition: 'HasOwnAlarmTopic',
    Properties: {
      TopicName: name,
      DisplayName: title,
      KmsMasterKeyId: when('HasKmsKey', ref('KmsKeyArn')),
    },
  },
  AlarmTopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Condition: 'HasOwnAlarmTopic',
    Properties: {
      Topics: [ref('AlarmTopic')],
      PolicyDocument: policy({
        Sid: 'AlarmsOfThisAccountPublish',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: ref('AlarmTopic'),
        Condition: {
          StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
          ArnLike: {
            'aws:SourceArn': sub('arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*'),
          },
        },
      }),
    },
  },
  AlarmSubscription: {
    Type: 'AWS::SNS::Subscription',
    Condition: 'HasAlarmEndpoint',
    Properties: {
      TopicArn: when('HasAlarmTopicArn', ref('AlarmTopicArn'), ref('AlarmTopic')),
      Protocol: when('IsAlarmEndpointUrl', 'https', 'email'),
      Endpoint: ref('AlarmEndpoint'),
    },
  },
});
