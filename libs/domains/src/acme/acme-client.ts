import { systemClock, type Clock } from '@libs/kernel';
import type { z } from 'zod';
import { AcmeError, readRetryAfter, shortType } from './acme-error';
import {
  acmeAccount,
  acmeAuthorization,
  acmeChallenge,
  acmeDirectory,
  acmeOrder,
  acmeProblem,
  type AcmeAuthorization,
  type AcmeChallenge,
  type AcmeDirectory,
  type AcmeOrder,
} from './acme-objects';
import type { AcmeAnswer, AcmeTransport } from './acme-transport';
import { signRequest, type AccountKey } from './jws';

/** An object of the authority with its address and the time at which it wants to be asked again. */
export interface Located<T> {
  url: string;
  body: T;
  retryAfter: Date | null;
}

export interface AcmeIdentity {
  key: AccountKey;
  /** Account URL; null before `newAccount`. */
  kid: string | null;
}

interface Ask {
  operation: string;
  url: string;
  /** Undefined makes a POST-as-GET. */
  payload?: unknown;
  accept?: string;
  signal?: AbortSignal;
}

/** RFC 8555, 6.5: a refused nonce may be retried at once; the bound keeps a broken authority from holding us. */
const NONCE_RETRIES = 5;
const NONCE_POOL = 32;

/**
 * A thin RFC 8555 client: one request per call, no waiting, no polling; a caller that must wait is told
 * until when. Every method throws `AcmeError`. Safe to share between concurrent orders of one directory.
 */
export class AcmeClient {
  private directoryPromise: Promise<AcmeDirectory> | null = null;
  private readonly nonces: string[] = [];

  constructor(
    readonly directoryUrl: string,
    private readonly transport: AcmeTransport,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Names under which the authority looks for itself in CAA records (RFC 8555, 7.1.1); empty when it tells none. */
  async caaIdentities(signal?: AbortSignal): Promise<string[]> {
    const { meta } = await this.directory(signal);
    return meta?.caaIdentities ?? [];
  }

  /** Registers the key, or finds the account it already has (RFC 8555, 7.3.1): the same key gives the same URL. */
  async newAccount(
    key: AccountKey,
    contactEmail: string | null,
    signal?: AbortSignal,
  ): Promise<Located<z.infer<typeof acmeAccount>>> {
    const { newAccount } = await this.directory(signal);
    const contact = contactEmail === null ? {} : { contact: [`mailto:${contactEmail}`] };
    const answer = await this.post(
      { key, kid: null },
      {
        operation: 'new-account',
        url: newAccount,
        payload: { termsOfServiceAgreed: true, ...contact },
        signal,
      },
    );
    return this.created('new-account', answer, acmeAccount);
  }

  /** Orders a certificate for DNS names (A-labels). */
  async newOrder(
    identity: AcmeIdentity,
    names: readonly string[],
    signal?: AbortSignal,
  ): Promise<Located<AcmeOrder>> {
    const { newOrder } = await this.directory(signal);
    const answer = await this.post(identity, {
      operation: 'new-order',
      url: newOrder,
      payload: { identifiers: names.map((value) => ({ type: 'dns', value })) },
      signal,
    });
    return this.created('new-order', answer, acmeOrder);
  }

  /** Reads an order: the authority's word on where it stands. */
  async getOrder(identity: AcmeIdentity, url: string, signal?: AbortSignal) {
    return this.fetch(identity, { operation: 'get-order', url, signal }, acmeOrder);
  }

  /** Reads an authorization with its challenges. */
  async getAuthorization(
    identity: AcmeIdentity,
    url: string,
    signal?: AbortSignal,
  ): Promise<Located<AcmeAuthorization>> {
    return this.fetch(identity, { operation: 'get-authorization', url, signal }, acmeAuthorization);
  }

  /** Says that a challenge is ready to be looked at. */
  async respondToChallenge(
    identity: AcmeIdentity,
    url: string,
    signal?: AbortSignal,
  ): Promise<Located<AcmeChallenge>> {
    const ask = { operation: 'respond-to-challenge', url, payload: {}, signal };
    return this.fetch(identity, ask, acmeChallenge);
  }

  /** Hands in the certificate request (DER) of an order that is `ready`. */
  async finalize(identity: AcmeIdentity, url: string, csr: Buffer, signal?: AbortSignal) {
    const payload = { csr: csr.toString('base64url') };
    return this.fetch(identity, { operation: 'finalize', url, payload, signal }, acmeOrder);
  }

  /** Downloads the chain, leaf first, as PEM. */
  async certificate(identity: AcmeIdentity, url: string, signal?: AbortSignal): Promise<string> {
    const accept = 'application/pem-certificate-chain';
    const answer = await this.post(identity, { operation: 'certificate', url, accept, signal });
    return answer.text;
  }

  private async fetch<T>(identity: AcmeIdentity, ask: Ask, schema: z.ZodType<T>) {
    const located = this.located(ask.operation, await this.post(identity, ask), schema);
    return { ...located, url: ask.url };
  }

  private directory(signal?: AbortSignal): Promise<AcmeDirectory> {
    this.directoryPromise ??= this.readDirectory(signal).catch((error: unknown) => {
      this.directoryPromise = null;
      throw error;
    });
    return this.directoryPromise;
  }

  private async readDirectory(signal?: AbortSignal): Promise<AcmeDirectory> {
    const operation = 'directory';
    const answer = await this.transport.exchange({
      operation,
      method: 'GET',
      url: this.directoryUrl,
      signal,
    });
    return this.parse(operation, this.accepted(operation, answer), acmeDirectory);
  }

  private async post(identity: AcmeIdentity, ask: Ask): Promise<AcmeAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      const nonce = await this.takeNonce(ask.signal);
      const answer = await this.transport.exchange({
        operation: ask.operation,
        method: 'POST',
        url: ask.url,
        body: signRequest(identity.key, { url: ask.url, nonce, kid: identity.kid }, ask.payload),
        accept: ask.accept,
        signal: ask.signal,
      });
      this.keepNonce(answer);
      try {
        return this.accepted(ask.operation, answer);
      } catch (error) {
        const stale = error instanceof AcmeError && error.type === 'badNonce';
        if (!stale || attempt >= NONCE_RETRIES) throw error;
      }
    }
  }

  private async takeNonce(signal?: AbortSignal): Promise<string> {
    const pooled = this.nonces.pop();
    if (pooled !== undefined) return pooled;
    const { newNonce } = await this.directory(signal);
    const operation = 'new-nonce';
    const answer = this.accepted(
      operation,
      await this.transport.exchange({ operation, method: 'HEAD', url: newNonce, signal }),
    );
    const nonce = answer.headers['replay-nonce'];
    if (nonce === undefined) throw this.protocolError(operation, answer, 'no Replay-Nonce header');
    return nonce;
  }

  private keepNonce(answer: AcmeAnswer): void {
    const nonce = answer.headers['replay-nonce'];
    if (nonce !== undefined && this.nonces.length < NONCE_POOL) this.nonces.push(nonce);
  }

  /** As `located`, for answers that must say where the new object is. */
  private created<T>(operation: string, answer: AcmeAnswer, schema: z.ZodType<T>): Located<T> {
    const located = this.located(operation, answer, schema);
    if (located.url === '') throw this.protocolError(operation, answer, 'no Location header');
    return located;
  }

  private located<T>(operation: string, answer: AcmeAnswer, schema: z.ZodType<T>): Located<T> {
    return {
      url: answer.headers['location'] ?? '',
      body: this.parse(operation, answer, schema),
      retryAfter: readRetryAfter(answer.headers['retry-after'], this.clock.now()),
    };
  }

  private accepted(operation: string, answer: AcmeAnswer): AcmeAnswer {
    if (answer.status >= 200 && answer.status < 300) return answer;
    const parsed = acmeProblem.safeParse(tryJson(answer.text));
    const body = parsed.success ? parsed.data : {};
    throw new AcmeError({
      operation,
      type: shortType(body.type),
      status: answer.status,
      detail: body.detail ?? answer.text.slice(0, 200),
      retryAfter: readRetryAfter(answer.headers['retry-after'], this.clock.now()),
      subproblems: (body.subproblems ?? []).map((sub) => ({
        type: shortType(sub.type),
        detail: sub.detail ?? '',
        identifier: sub.identifier?.value ?? null,
      })),
    });
  }

  private parse<T>(operation: string, answer: AcmeAnswer, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(tryJson(answer.text));
    if (!parsed.success) throw this.protocolError(operation, answer, parsed.error.message);
    return parsed.data;
  }

  private protocolError(operation: string, answer: AcmeAnswer, detail: string): AcmeError {
    const { status } = answer;
    return new AcmeError({
      operation,
      type: 'protocol',
      status,
      detail,
      retryAfter: null,
      subproblems: [],
    });
  }
}

/** RFC 8555, 8.1: what an HTTP-01 challenge is answered with. */
export function keyAuthorization(key: AccountKey, token: string): string {
  return `${token}.${key.thumbprint}`;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
