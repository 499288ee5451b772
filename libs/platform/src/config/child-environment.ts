/**
 * This process's environment with settings added: for the command line, which decides for the processes it starts.
 * @param added by name; `undefined` leaves what is there
 */
export function environmentWith(added: Record<string, string | undefined>): NodeJS.ProcessEnv {
  const given = Object.entries(added).filter(([, value]) => value !== undefined);
  return { ...process.env, ...Object.fromEntries(given) };
}
