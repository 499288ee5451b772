import type { Command } from 'commander';
import { addCommand } from '../command';
import { Output } from '../output';
import type { LoginOptions } from './account-commands';

type Json = { json?: boolean };
const load = () => import('./account-commands.js');

/** `caravel login | logout | whoami`. */
export function addAccountCommands(program: Command): void {
  const server = ['--server <address>', 'the API’s address (or CARAVEL_SERVER)'] as const;
  addCommand(program, {
    usage: 'login',
    about: 'sign in to a server, or keep a token that you have',
    examples: [
      'caravel login --server https://api.example.com',
      'caravel login --email ada@example.com --password-stdin < password.txt',
      'echo "$TOKEN" | caravel login --token-stdin --store my-store',
    ],
  })
    .option(...server)
    .option('--store <handle>', 'the store that commands mean from now on')
    .option('--email <address>', 'your e-mail address; asked for when left out')
    .option('--password-stdin', 'read the password from standard input')
    .option('--token-stdin', 'read an API token from standard input')
    .action(async ({ json = false, ...options }: LoginOptions & Json) =>
      (await load()).login(options, new Output(json)),
    );
  addCommand(program, {
    usage: 'logout',
    about: 'end the session and forget the token',
    examples: ['caravel logout', 'caravel logout --server https://api.example.com'],
  })
    .option(...server)
    .action(async ({ json = false, ...options }: { server?: string } & Json) =>
      (await load()).logout(options, new Output(json)),
    );
  addCommand(program, {
    usage: 'whoami',
    about: 'show who you are and which stores are yours',
    examples: ['caravel whoami', 'CARAVEL_TOKEN=... caravel whoami --json'],
  })
    .option(...server)
    .action(async ({ json = false, ...options }: { server?: string } & Json) =>
      (await load()).whoami(options, new Output(json)),
    );
}
