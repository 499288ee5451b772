/** An answer of the API that says no. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';

  constructor(
    /** The stable code of the problem document; the status when there is none. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** How long one request may take, in milliseconds. */
const patience = 60_000;

/** The API as the demo uses it: the same doors that everybody has. */
export class DemoApi {
  constructor(
    private readonly base: string,
    private readonly token: string | null = null,
  ) {}

  /** The same API for somebody who is signed in. */
  as(token: string): DemoApi {
    return new DemoApi(this.base, token);
  }

  /** @throws ApiRefusal */
  get<T>(path: string): Promise<T> {
    return this.call<T>(path, { method: 'GET' });
  }

  /** @throws ApiRefusal */
  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.call<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** @throws ApiRefusal */
  patch<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Sends one file as the form's field `file`. @throws ApiRefusal */
  upload<T>(path: string, file: { name: string; type: string; content: Buffer }): Promise<T> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(file.content)], { type: file.type }), file.name);
    return this.call<T>(path, { method: 'POST', body: form });
  }

  private async call<T>(path: string, request: RequestInit): Promise<T> {
    const headers = new Headers(request.headers);
    if (this.token !== null) headers.set('authorization', `Bearer ${this.token}`);
    const answer = await fetch(`${this.base}/api/v1${path}`, {
      ...request,
      headers,
      signal: AbortSignal.timeout(patience),
    });
    const text = await answer.text();
    if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    throw refusal(`${request.method} ${path}`, answer.status, text);
  }
}

function refusal(request: string, status: number, text: string): ApiRefusal {
  try {
    const { code, detail, title } = JSON.parse(text) as Record<string, string | undefined>;
    return new ApiRefusal(code ?? String(status), `${request}: ${detail ?? title ?? status}`);
  } catch {
    return new ApiRefusal(String(status), `${request}: ${status} ${text.slice(0, 200)}`);
  }
}
