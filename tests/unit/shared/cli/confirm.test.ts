import { describe, expect, it } from '@jest/globals';
import { confirmer } from '../../../../shared/cli/confirm.ts';

const answering = (answer: string) => {
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answer;
  };
  return { questions, ask };
};

describe('a question', () => {
  it.each(['y', 'Y', 'yes', ' Yes '])('is answered with yes by "%s"', async (answer) => {
    const { ask, questions } = answering(answer);
    await expect(confirmer({ yes: false, ask })('Remove it?')).resolves.toBeUndefined();
    expect(questions).toEqual(['Remove it? [y/N] ']);
  });

  it.each(['n', 'no', '', 'yesterday', 'ja'])('is declined by "%s"', async (answer) => {
    const { ask } = answering(answer);
    await expect(confirmer({ yes: false, ask })('Remove it?')).rejects.toMatchObject({ name: 'Declined' });
  });

  it('is not asked when the answer was given before', async () => {
    const { ask, questions } = answering('no');
    await expect(confirmer({ yes: true, ask })('Remove it?')).resolves.toBeUndefined();
    expect(questions).toEqual([]);
  });

  it('is a usage error where nobody can answer, and says what to give', async () => {
    await expect(confirmer({ yes: false })('Remove it?')).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^Remove it\? .*--yes/),
    });
  });
});
