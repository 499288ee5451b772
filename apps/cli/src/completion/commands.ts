import { Argument, type Command } from 'commander';
import { addCommand } from '../command';
import { type Shell, shells } from './shells';

/** `caravel completion <shell>`. */
export function addCompletionCommand(program: Command): void {
  addCommand(program, {
    usage: 'completion',
    about: 'print what makes a shell complete this command line',
    examples: [
      'caravel completion bash > ~/.local/share/bash-completion/completions/caravel',
      'caravel completion zsh > "${fpath[1]}/_caravel"',
      'caravel completion fish > ~/.config/fish/completions/caravel.fish',
      'caravel completion powershell | Out-File -Append -Encoding utf8 $PROFILE',
    ],
  })
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action(async (shell: Shell, { json = false }: { json?: boolean }) => {
      const { completionScript } = await import('./completion-script.js');
      const { Output } = await import('../output.js');
      const script = completionScript(program, shell);
      new Output(json).result({ shell, script }, script);
    });
}
