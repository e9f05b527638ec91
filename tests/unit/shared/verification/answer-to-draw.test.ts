import { beforeEach, describe, expect, it } from '@jest/globals';
import { answerToDraw } from '../../../../shared/verification/answer-to-draw.ts';
import { sampleTopology } from '../../../../tools/docs/sample/topology.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

const name = 'rosa-network-verifier';

let functions: FakeLambdaFunctions;

beforeEach(() => {
  functions = new FakeLambdaFunctions();
  functions.deploy(name, 'code1');
});

const ask = () => answerToDraw(functions, { name, alias: 'prod', request: { vpc_id: 'vpc-0a1b2c3d' } });

const invalid = (errorMessage: string) => ({
  errorType: 'InvalidRequestError',
  payload: { errorMessage },
});

describe('asking for what can be drawn', () => {
  it('gives the topology beside the result', async () => {
    functions.willAnswer(name, { payload: { topology: sampleTopology }, version: '7' });
    expect(await ask()).toMatchObject({ topology: sampleTopology, version: '7' });
    expect(functions.calls).toEqual([`invoke ${name} prod`]);
  });

  it('says why there is none when the function gave none', async () => {
    functions.willAnswer(name, { payload: { summary: {} } });
    expect(await ask()).toMatchObject({
      result: { summary: {} },
      undrawn: expect.stringContaining(`${name}:prod did not describe the VPC`),
    });
  });

  it('asks a function of an older release again, without the wish', async () => {
    functions.willAnswer(name, invalid('include_topology is not a field of this request'), {
      payload: { summary: {} },
    });
    expect(await ask()).toMatchObject({
      result: { summary: {} },
      undrawn: expect.stringContaining('cannot describe a VPC yet'),
    });
  });

  it('fails with what else is wrong with the request', async () => {
    functions.willAnswer(name, invalid('vpc_id is wrong'), invalid('vpc_id is wrong'));
    await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('vpc_id is wrong') });
  });

  it('does not ask again after any other error', async () => {
    functions.willAnswer(name, { errorType: 'ThrottledError', payload: null });
    await expect(ask()).rejects.toMatchObject({ errorType: 'ThrottledError' });
    expect(functions.calls).toEqual([`invoke ${name} prod`]);
  });
});
