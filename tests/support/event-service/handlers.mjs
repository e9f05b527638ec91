// The functions of the event service print what they got, and do what it says.
const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls a JSON service with the function's own credentials; the laptop AWS does not look at these signatures. */
async function call(service, target, body) {
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_REGION } = process.env;
  const credential = `${AWS_ACCESS_KEY_ID}/20260101/${AWS_REGION}/${service}/aws4_request`;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}`,
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
  };
  const response = await fetch(AWS_ENDPOINT_URL, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
}

const putMark = (name) =>
  call('dynamodb', 'DynamoDB_20120810.PutItem', {
    TableName: process.env.TABLE,
    Item: { pk: { S: `mark#${name}` }, sk: { S: name }, kind: { S: 'mark' } },
  });

const sendOn = (name) =>
  call('sqs', 'AmazonSQS.SendMessage', {
    QueueUrl: process.env.WORK_QUEUE_URL,
    MessageBody: JSON.stringify({ name }),
    MessageGroupId: name,
    MessageDeduplicationId: `${name}-${Date.now()}`,
  });

/** Answers what `answer` says, and otherwise the event it got. */
export const api = async (event) => {
  if (event.path === '/slow') await wait(1000);
  const { answer } = event.queryStringParameters ?? {};
  return answer ? JSON.parse(answer) : { statusCode: 200, body: JSON.stringify(event) };
};

/** Sends what it is told of on to the queue, apart from what is only a mark. */
export const distribute = async (event) => {
  print({ event });
  for (const { dynamodb, body } of event.Records ?? []) {
    const name = body ? JSON.parse(body).name : dynamodb.NewImage.sk.S;
    await sendOn(name);
  }
};

/** Leaves a mark for each message; one that is to fail does so as often as it is received. */
export const work = async (event) => {
  print({ event });
  const failed = [];
  for (const { messageId, body } of event.Records) {
    const { name, fails } = JSON.parse(body);
    if (fails) failed.push({ itemIdentifier: messageId });
    else await putMark(name);
  }
  return { batchItemFailures: failed };
};
