import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resources } from './template.ts';
import { pascalCase, watchedFunctions } from './watched-functions.ts';

/** The folder the console shows the saved queries in. */
const consoleFolder = 'rosa-lambda-access';

const extension = '.query';

/** A saved query: its name, and its text as it is installed, with the heading that says what it is for. */
export interface SavedQuery {
  name: string;
  text: string;
}

/** Reads the saved queries of a folder, in alphabetical order. */
export const readQueries = (folder: string): SavedQuery[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => ({
      name: file.slice(0, -extension.length),
      text: readFileSync(join(folder, file), 'utf8').trimEnd(),
    }));

/**
 * The saved queries, each over the logs of all three functions. A slash in the name makes a folder:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-querydefinition.html
 */
export const savedQueries = (folder: string): Resources =>
  Object.fromEntries(
    readQueries(folder).map(({ name, text }) => [
      `${pascalCase(name)}Query`,
      {
        Type: 'AWS::Logs::QueryDefinition',
        Properties: {
          Name: `${consoleFolder}/${name}`,
          LogGroupNames: watchedFunctions.map(({ logGroup }) => logGroup),
          QueryString: text,
        },
      },
    ]),
  );
