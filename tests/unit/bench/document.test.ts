import { describe, expect, it } from '@jest/globals';
import { DocumentError, readDocument } from '../../../bench/document.ts';
import { benchDocument } from '../../support/fakes/bench-document.ts';

describe('reading a document', () => {
  it('gives what a run has printed', () => {
    expect(readDocument(JSON.stringify(benchDocument()), 'old.json')).toEqual(benchDocument());
  });

  it('passes over what npm prints before it', () => {
    const printed = `\n> rosa-lambda-access@0.1.0 bench\n> node bench/main.ts\n\n${JSON.stringify(benchDocument())}\n`;
    expect(readDocument(printed, 'old.json')).toEqual(benchDocument());
  });

  it.each([
    ['no JSON', 'Starting', 'old.json is no JSON document; make one with npm run --silent bench'],
    ['of another kind', '{"cases":[]}', 'old.json says its format is undefined where'],
    ['of another release', '{"format":"rosa-lambda-access bench 0"}', 'run the bench of that release again'],
    ['nothing', 'null', 'old.json says its format is undefined'],
  ])('refuses one that is %s, by the name of its file', (_, text, message) => {
    expect(() => readDocument(text, 'old.json')).toThrow(DocumentError);
    expect(() => readDocument(text, 'old.json')).toThrow(message);
  });
});
