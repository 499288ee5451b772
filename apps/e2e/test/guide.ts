import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

/**
 * What a guide asks its reader to do. `<!-- run -->` stands before the commands that are typed, `<!-- prints -->` before
 * what they answer; `<!-- shop {…} -->` and `<!-- withdraw {…} -->` are a shopper's visits that the text tells of.
 */
export type GuideStep =
  | { kind: 'run'; at: string; script: string; prints: string | null }
  | { kind: 'shop'; at: string; visit: ShopVisit }
  | { kind: 'withdraw'; at: string; visit: WithdrawVisit };

/** A purchase that a guide tells of. Values are texts of the shell: they may name its variables. */
export interface ShopVisit {
  /** Of the article that is put into the cart, one unit of it. */
  sku: string;
  /** Title of the payment account. */
  pay: string;
  email: string;
  /** A discount code or a gift card, and what it takes off as the page shows it. */
  code?: string;
  takesOff?: string;
}

/** What a shopper states on the page to withdraw. */
export interface WithdrawVisit {
  order: string;
  name: string;
  email: string;
}

const steps =
  /<!-- run -->\n( *)```sh\n(.*?)\n *```\n(?:\s*<!-- prints -->\n *```\w*\n(.*?)\n *```)?|<!-- (shop|withdraw) (\{.*?\}) -->/gs;

/** The steps of a document, in its order. @param document from the top of the repository */
export function readGuide(document: string): GuideStep[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(steps)].map((found) => {
    const [, indent = '', script = '', prints, kind, visit = ''] = found;
    const at = `${document}:${text.slice(0, found.index).split('\n').length}`;
    if (kind === 'shop') return { kind, at, visit: JSON.parse(visit) as ShopVisit };
    if (kind === 'withdraw') return { kind, at, visit: JSON.parse(visit) as WithdrawVisit };
    return {
      kind: 'run',
      at,
      script: withoutIndent(script, indent),
      prints: prints === undefined ? null : withoutIndent(prints, indent),
    };
  });
}

function withoutIndent(text: string, indent: string): string {
  return text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}

/** A shell that keeps its variables from one step to the next, as a reader's does. */
export class GuideShell {
  private readonly bash: ChildProcess;
  private out = '';
  private errors = '';
  private heard: () => void = () => undefined;
  private readonly ended: Promise<void>;

  constructor(env: NodeJS.ProcessEnv) {
    this.bash = spawn('bash', ['-s'], { cwd: root, env, stdio: 'pipe' });
    this.bash.stdout?.on('data', (chunk: Buffer) => {
      this.out += chunk.toString();
      this.heard();
    });
    this.bash.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.ended = new Promise((done) => this.bash.once('close', () => done()));
    this.bash.stdin?.write('set -euo pipefail\n');
  }

  /** Runs some lines. @returns what they print @throws Error with all that was said when one of them fails */
  async run(script: string): Promise<string> {
    this.out = '';
    this.errors = '';
    const mark = `--- done ${Math.random()} ---`;
    const done = new Promise<void>((resolve_) => {
      this.heard = () => {
        if (this.out.includes(mark)) resolve_();
      };
    });
    this.bash.stdin?.write(`{\n${script}\n} </dev/null\nprintf '%s' '${mark}'\n`);
    await Promise.race([done, this.ended]);
    if (!this.out.includes(mark)) throw new Error(`${script}\n${this.out}${this.errors}`);
    return this.out.replace(mark, '').trimEnd();
  }

  async close(): Promise<void> {
    this.bash.stdin?.end();
    await this.ended;
  }
}
