import type { Command, CommandOption } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type CommandLine, commandLineOf } from './places.ts';
import { zshScript } from './zsh.ts';

const scripts: Record<string, (line: CommandLine) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** The command of a tool that prints the completion of the other commands and of itself. */
export function completionOf<Context>(
  tool: string,
  globalOptions: readonly CommandOption[],
  others: readonly Command<Context>[],
): Command<Context> {
  const completion: Command<Context> = {
    name: 'completion',
    summary: 'print the completion script of a shell',
    description: `Prints a script that lets the shell complete commands, flags and their values. Starts nothing when Tab is pressed.

bash: add to ~/.bashrc        source <(${tool} completion bash)
zsh: add to ~/.zshrc          source <(${tool} completion zsh)
fish: once                    ${tool} completion fish > ~/.config/fish/completions/${tool}.fish`,
    offline: true,
    arguments: [{ name: '<shell>', description: 'the shell', choices: Object.keys(scripts) }],
    options: [],
    examples: [`${tool} completion bash`, `source <(${tool} completion zsh)`],
    run: async (_context, { shell }) => {
      const line = commandLineOf(tool, [...others, completion], globalOptions);
      const script = scripts[String(shell)]?.(line) ?? '';
      return { exitCode: exitCodes.fine, data: { shell, script }, lines: [script.trimEnd()] };
    },
  };
  return completion;
}
