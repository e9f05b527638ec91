import type { Command } from '../command.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { type Place, placesOf } from '../completion/places.ts';
import { zshScript } from '../completion/zsh.ts';
import { exitCodes } from '../exit-codes.ts';

const scripts: Record<string, (places: readonly Place[]) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** The command that prints the completion of the other commands and of itself. */
export function completionFor(others: readonly Command[]): Command {
  const completion: Command = {
    name: 'completion',
    summary: 'print the completion script of a shell',
    description: `Prints a script that lets the shell complete commands, flags and their values. Starts nothing when Tab is pressed.

bash: add to ~/.bashrc        source <(rosactl completion bash)
zsh: add to ~/.zshrc          source <(rosactl completion zsh)
fish: once                    rosactl completion fish > ~/.config/fish/completions/rosactl.fish`,
    offline: true,
    arguments: [{ name: '<shell>', description: 'the shell', choices: Object.keys(scripts) }],
    options: [],
    examples: ['rosactl completion bash', 'source <(rosactl completion zsh)'],
    run: async (_context, { shell }) => {
      const script = scripts[String(shell)]?.(placesOf([...others, completion])) ?? '';
      return { exitCode: exitCodes.fine, data: { shell, script }, lines: [script.trimEnd()] };
    },
  };
  return completion;
}
