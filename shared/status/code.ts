import { type CompareAspect, deployAgain } from './drift.ts';
import { isUnread } from './reading.ts';

/** Whether the function is there, with the code of this release. What a stage runs may rightly be older. */
export const codeDrift: CompareAspect = ({ name, versions }, { packaged }) => {
  if (!packaged || isUnread(versions)) return [];
  const latest = versions?.find(({ version }) => version === '$LATEST');
  if (!latest || latest.codeSha256 === packaged.codeSha256) return [];
  return [
    {
      aspect: 'code',
      message: `${name} has not the code of this release: ${latest.codeSha256} instead of ${packaged.codeSha256}`,
      next: deployAgain,
    },
  ];
};
