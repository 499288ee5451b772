import { ConfigError } from '@platform/config';

/** What a process has started and must stop. */
export interface Running {
  close(): Promise<void>;
}

/** Whoever asks a process to stop does not wait longer than this before it is killed. */
const stopSeconds = 30;

/**
 * The life of a process: it starts, tells its parent, and stops once, whether by signal or because its parent is gone.
 * What cannot start says why in one sentence and exits with 1.
 * @param name for the sentence
 */
export async function runProcess(name: string, start: () => Promise<Running>): Promise<void> {
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${name} could not start: ${explain(error)}\n`);
    process.exit(1);
  }
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopSeconds * 1000).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${name} did not stop cleanly: ${explain(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  process.send?.('ready');
}

function explain(error: unknown): string {
  // The worker's refusal is such a sentence too; its class would bring the queue into every process.
  const isSentence = error instanceof Error && error.name === 'HandlerError';
  if (error instanceof ConfigError || isSentence) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `the port ${port} is in use by another program.`;
  if (code === 'ECONNREFUSED') return 'the database does not answer at the address given.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
