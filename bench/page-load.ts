import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

/** One answer as it came over the wire, still packed. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Where requests go. */
export interface Target {
  port: number;
  host: string;
  headers?: Record<string, string>;
}

/** Asks once. */
export function askRaw(agent: Agent, target: Target, path: string): Promise<RawAnswer> {
  const { port, host, headers = {} } = target;
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        agent,
        port,
        path,
        host: '127.0.0.1',
        headers: { host: `${host}:${port}`, 'accept-encoding': 'br', ...headers },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}

/** How much is asked, and how many at the same time. */
export interface Load {
  requests: number;
  connections: number;
}

/**
 * Asks for pages, so many at a time over connections that stay open.
 * @param path of the nth request
 * @returns pages a second
 * @throws Error when an answer is not the one expected
 */
export async function load(
  target: Target,
  path: (n: number) => string,
  { requests, connections }: Load,
  expected: { status: number; bytes: number },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < requests) {
      const { status, body } = await askRaw(agent, target, path(next++));
      if (status !== expected.status || body.length !== expected.bytes) {
        throw new Error(`Expected ${JSON.stringify(expected)}, got ${status}, ${body.length}.`);
      }
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1_000;
  agent.destroy();
  return requests / seconds;
}

/** Milliseconds of CPU that a process and its children have used; Linux only, elsewhere 0. */
export function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // proc(5): fields 14 and 15, in hundredths of a second; the split above has taken two.
    const own = (Number(fields[11]) + Number(fields[12])) * 10;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children
      .split(' ')
      .filter((child) => child !== '')
      .reduce((sum, child) => sum + cpuMs(Number(child)), own);
  } catch {
    return 0;
  }
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
