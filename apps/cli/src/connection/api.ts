import { CliError, exitCodes } from '../cli-error';

/** How long an answer may take, in milliseconds: a large theme is compiled while one waits. */
const patience = 120_000;

interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  errors?: { field?: string; message?: string }[];
}

/** An answer of the API that says no. */
export class ApiRefusal extends CliError {
  constructor(
    readonly status: number,
    /** The problem document, or what came in its place. */
    readonly problem: Record<string, unknown>,
  ) {
    const { code, detail, title, errors = [] } = problem as Problem;
    const [{ field, message } = {}] = errors;
    // Which field, and what is wrong with it, says more than that some field is.
    const own = code === 'http.invalid-input' ? message : undefined;
    const sentence = own ?? detail ?? title ?? `The server answered ${status}.`;
    super(
      field === undefined || field === '' || sentence.includes(field)
        ? sentence
        : `${field}: ${sentence}`,
      status === 401 ? exitCodes.unusable : exitCodes.refused,
      code ?? `http.${status}`,
      { status },
    );
  }
}

/** The API of one server, as one person. Never says the token in any message. */
export class Api {
  constructor(
    readonly server: string,
    private readonly token: string | null = null,
  ) {}

  /** The same API for somebody who is signed in. */
  as(token: string): Api {
    return new Api(this.server, token);
  }

  /** @throws ApiRefusal, CliError when nothing answers */
  get<T>(path: string): Promise<T> {
    return this.json<T>(path, { method: 'GET' });
  }

  /** @throws ApiRefusal, CliError */
  post<T>(path: string, body: unknown = {}): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.json<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** @throws ApiRefusal, CliError */
  patch<T>(path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.json<T>(path, { method: 'PATCH', headers, body: JSON.stringify(body) });
  }

  /** @throws ApiRefusal, CliError */
  async delete(path: string, headers: Record<string, string> = {}): Promise<void> {
    await this.send(path, { method: 'DELETE', headers });
  }

  /**
   * Sends a theme's zip as the form's field `file`.
   * @param headers an `Idempotency-Key`, where the same upload may have been sent before
   * @throws ApiRefusal, CliError
   */
  upload<T>(path: string, zip: Uint8Array, headers: Record<string, string> = {}): Promise<T> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'theme.zip');
    return this.json<T>(path, { method: 'POST', headers, body: form });
  }

  /** The bytes of an answer. @throws ApiRefusal, CliError */
  async download(path: string): Promise<Buffer> {
    const answer = await this.send(path, { method: 'GET' });
    return Buffer.from(await answer.arrayBuffer());
  }

  private async json<T>(path: string, request: RequestInit): Promise<T> {
    const text = await (await this.send(path, request)).text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private async send(path: string, request: RequestInit): Promise<Response> {
    const headers = new Headers(request.headers);
    if (this.token !== null) headers.set('authorization', `Bearer ${this.token}`);
    let answer: Response;
    try {
      const signal = AbortSignal.timeout(patience);
      answer = await fetch(`${this.server}/api/v1${path}`, { ...request, headers, signal });
    } catch (error) {
      throw unreachable(this.server, error);
    }
    if (answer.ok) return answer;
    if (answer.status === 401 && this.token !== null) throw tokenEnded(this.server);
    throw new ApiRefusal(answer.status, problemOf(await answer.text()));
  }
}

function tokenEnded(server: string): CliError {
  return new CliError(
    `${server} does not take your token any more: run \`caravel login --server ${server}\`, or set another CARAVEL_TOKEN.`,
    exitCodes.unusable,
    'cli.token-ended',
  );
}

function problemOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { detail: `The server answered with something else than JSON: ${text.slice(0, 120)}` };
  }
}

function unreachable(server: string, error: unknown): CliError {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  const reason = cause?.code ?? cause?.message ?? message;
  return new CliError(
    `${server} does not answer (${reason}): check --server, or whether the platform runs.`,
    exitCodes.unusable,
    'cli.unreachable',
  );
}
