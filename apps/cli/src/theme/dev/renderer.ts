import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { PageInput, SectionError } from '@libs/template-engine';

/** What the child is asked. */
export interface RenderWish {
  id: number;
  /** The theme's code, where the child does not have it yet. */
  js?: string;
  input: PageInput;
  /** Each section is to be rendered and measured alone as well. */
  measure?: boolean;
}

/** What one section costs. */
export interface SectionCost {
  id: string;
  steps: number;
  /** Of its HTML, UTF-8. */
  bytes: number;
  /** Median time of one render in milliseconds. */
  ms: number;
  failed: boolean;
}

/** What comes back. */
export interface RenderAnswer {
  id: number;
  html?: string;
  errors?: readonly SectionError[];
  steps?: number;
  sections?: SectionCost[];
  failure?: string;
}

/** A rendered page. */
export type RenderedPage = Required<Pick<RenderAnswer, 'html' | 'errors' | 'steps'>> & {
  sections: SectionCost[];
};

/** Budgets stop a theme long before; what still runs then will not end. In milliseconds. */
const killAfterMs = 3_000;

/** The child that renders, replaced when it dies; one page at a time is in it. */
export class LocalRenderer {
  private child: ChildProcess | null = null;
  private loaded: string | null = null;
  private nextId = 1;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * Renders a page.
   * @param artefact the theme's code and its hash
   * @throws Error when the theme could not be rendered, or took too long
   */
  render(
    artefact: { hash: string; js: string },
    input: PageInput,
    { measure = false } = {},
  ): Promise<RenderedPage> {
    const turn = this.last.then(() => this.ask(artefact, input, measure));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the child. */
  close(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  private async ask(
    { hash, js }: { hash: string; js: string },
    input: PageInput,
    measure: boolean,
  ): Promise<RenderedPage> {
    const child = (this.child ??= this.start());
    const id = this.nextId;
    this.nextId += 1;
    const wish: RenderWish = { id, input, measure, ...(this.loaded === hash ? {} : { js }) };
    const answer = await exchange(child, wish).catch((error: unknown) => {
      this.close();
      throw error;
    });
    this.loaded = hash;
    const { html, errors, steps, sections = [], failure } = answer;
    if (html === undefined || errors === undefined || steps === undefined) {
      throw new Error(`The theme could not be rendered: ${failure ?? 'unknown'}`);
    }
    return { html, errors, steps, sections };
  }

  private start(): ChildProcess {
    this.loaded = null;
    const child = fork(join(__dirname, 'render-child.js'), [], {
      execArgv: ['--disallow-code-generation-from-strings', '--max-old-space-size=512'],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('exit', () => {
      if (this.child === child) this.child = null;
    });
    return child;
  }
}

function exchange(child: ChildProcess, wish: RenderWish): Promise<RenderAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('it took too long'), killAfterMs);
    const done = (): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit);
    };
    const fail = (reason: string): void => {
      done();
      reject(new Error(`The theme could not be rendered: ${reason}.`));
    };
    const onMessage = (answer: RenderAnswer): void => {
      if (answer.id !== wish.id) return;
      done();
      resolve(answer);
    };
    const onExit = (): void => fail('its process died');
    child.on('message', onMessage).on('exit', onExit);
    child.send(wish);
  });
}
