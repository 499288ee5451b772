// By its file and not by the door of `config`: that one loads the schema of every setting, which takes longer than a
// whole command here.
import { environmentWith } from '../../../libs/platform/src/config/child-environment';

/** Settings that stand for flags, so that a program needs none. */
export interface CliEnvironment {
  server: string | undefined;
  store: string | undefined;
  token: string | undefined;
  /** The kind of terminal. */
  term: string | undefined;
}

/** Reads `CARAVEL_SERVER`, `CARAVEL_STORE`, `CARAVEL_TOKEN` and `TERM`; empty ones count as not given. */
export function cliEnvironment(): CliEnvironment {
  const env = environmentWith({});
  return {
    server: env.CARAVEL_SERVER || undefined,
    store: env.CARAVEL_STORE || undefined,
    token: env.CARAVEL_TOKEN || undefined,
    term: env.TERM || undefined,
  };
}
