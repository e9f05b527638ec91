import { describe, expect, it } from '@jest/globals';
import { Answers } from '../../../bench/answers/answers.ts';
import { describeRequest } from '../../../local-aws/aws-request.ts';

const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/ec2/aws4_request';
const form = 'application/x-www-form-urlencoded';

const request = (body: string) =>
  describeRequest({
    method: 'POST',
    url: '/',
    headers: { authorization, 'content-type': form },
    body: Buffer.from(body),
  });

/** An AWS with two VPCs, which keeps what it was asked. */
function aws(body = '<R><vpcSet><item>1</item><item>2</item></vpcSet></R>', status = 200) {
  const asked: string[] = [];
  const answers = new Answers(async (_, question) => {
    asked.push(question);
    return { status, contentType: 'text/xml', body: Buffer.from(body) };
  });
  const to = async (question: string) => (await answers.to(request(question))).body.toString();
  return { answers, asked, to };
}

describe('the answers', () => {
  it('are asked for once, in whatever order the fields come', async () => {
    const { asked, to } = aws();
    await to('Action=DescribeVpcs&Version=1');
    await to('Version=1&Action=DescribeVpcs');
    expect(asked).toEqual(['Action=DescribeVpcs&Version=1']);
  });

  it('of a listing are asked for whole and given in pages', async () => {
    const { asked, to } = aws();
    expect(await to('Action=DescribeVpcs&MaxResults=1')).toBe(
      '<R><vpcSet><item>1</item></vpcSet><nextToken>1</nextToken></R>',
    );
    expect(await to('Action=DescribeVpcs&MaxResults=1&NextToken=1')).toBe(
      '<R><vpcSet><item>2</item></vpcSet></R>',
    );
    expect(asked).toEqual(['Action=DescribeVpcs']);
  });

  it('are asked for anew in another account, where listings are as long as it says', async () => {
    const { answers, asked, to } = aws();
    await to('Action=DescribeVpcs');
    answers.startOver({ DescribeVpcs: 1_000 });
    expect((await to('Action=DescribeVpcs')).match(/<item>/g)).toHaveLength(1_000);
    expect(asked).toHaveLength(2);
  });

  it('that are errors are given again as they are', async () => {
    const { asked, answers } = aws('<Error/>', 404);
    await answers.to(request('Action=DescribeVpcs'));
    expect(await answers.to(request('Action=DescribeVpcs'))).toMatchObject({ status: 404 });
    expect(asked).toHaveLength(1);
  });

  it('of an AWS that gives a page of its own are refused: some would be missing', async () => {
    const { to } = aws('<R><vpcSet><item>1</item></vpcSet><nextToken>abc</nextToken></R>');
    await expect(to('Action=DescribeVpcs')).rejects.toThrow(
      'DescribeVpcs was answered with a page of its own',
    );
  });
});
