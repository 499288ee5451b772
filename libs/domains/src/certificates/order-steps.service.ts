import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { keyAuthorization, type AcmeIdentity, type Located } from '../acme/acme-client';
import { AcmeError, shortType } from '../acme/acme-error';
import type { AcmeAuthorization, AcmeOrder } from '../acme/acme-objects';
import { checkChain } from '../acme/certificate-chain';
import { classifyProblem, type FailureClass } from '../acme/failure-class';
import type { HostnameRow } from '../hostname.entity';
import { after, DAY } from '../machine/timing';
import { Authority } from './authority.service';
import type { CertOrder } from './cert-order.entity';
import { orderKeySeal } from './seals';
import { StoreCertificate } from './store-certificate.service';

/** What a step led to: go on with a change, wait for the authority, end in failure, or all done. */
export type Move =
  | { to: 'next'; patch: Partial<CertOrder> }
  | { to: 'wait'; until: Date | null }
  | { to: 'failed'; kind: FailureClass; problem: { type: string; detail: string } }
  | { to: 'done' };

/** One step of an order: what comes next is read from the authority, never remembered. All throw `AcmeError`. */
@Injectable()
export class OrderSteps {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Authority) private readonly authority: Authority,
    @Inject(StoreCertificate) private readonly storeCertificate: StoreCertificate,
  ) {}

  /** Does the one thing that the order's present state asks for. */
  async move(
    storeId: string,
    hostname: HostnameRow,
    order: CertOrder,
    signal?: AbortSignal,
  ): Promise<Move> {
    const { client } = this.authority;
    const identity = await this.authority.identity(signal);
    if (order.orderUrl === null) {
      const placed = await client.newOrder(identity, order.names, signal);
      return { to: 'next', patch: { state: 'ordered', orderUrl: placed.url } };
    }
    const { body, retryAfter } = await client.getOrder(identity, order.orderUrl, signal);
    const byStatus: Record<AcmeOrder['status'], () => Promise<Move>> = {
      pending: () => this.prove(identity, order, { body, retryAfter }, signal),
      ready: async () => {
        await client.finalize(identity, body.finalize, order.csr, signal);
        return { to: 'next', patch: {} };
      },
      processing: async () => ({ to: 'wait', until: retryAfter }),
      valid: () => this.collect({ storeId, hostname, order }, identity, body, signal),
      invalid: () => this.explain(identity, body, signal),
    };
    return byStatus[body.status]();
  }

  /** Puts every open challenge's answer where all renderers find it, then says that it may be looked at. */
  private async prove(
    identity: AcmeIdentity,
    order: CertOrder,
    seen: Pick<Located<AcmeOrder>, 'body' | 'retryAfter'>,
    signal?: AbortSignal,
  ): Promise<Move> {
    for (const url of seen.body.authorizations) {
      const { body } = await this.authority.client.getAuthorization(identity, url, signal);
      if (body.status !== 'pending') continue;
      const challenge = body.challenges.find(({ type }) => type === 'http-01');
      if (!challenge?.token) {
        const problem = { type: 'no-http-01', detail: 'the authority offers no http-01 challenge' };
        return { to: 'failed', kind: 'ours', problem };
      }
      await this.publishAnswer(identity, order, body, challenge.token);
      if (challenge.status === 'pending') {
        await this.respond(identity, { authorization: url, challenge: challenge.url }, signal);
      }
    }
    return { to: 'wait', until: seen.retryAfter };
  }

  /**
   * Says that a challenge may be looked at. An authority refuses that as malformed when it is being looked at already,
   * because an earlier call arrived whose answer did not; reading the challenge again tells the two apart.
   */
  private async respond(
    identity: AcmeIdentity,
    urls: { authorization: string; challenge: string },
    signal?: AbortSignal,
  ): Promise<void> {
    const { client } = this.authority;
    try {
      await client.respondToChallenge(identity, urls.challenge, signal);
    } catch (error) {
      if (!(error instanceof AcmeError) || shortType(error.type) !== 'malformed') throw error;
      const { body } = await client.getAuthorization(identity, urls.authorization, signal);
      const seen = body.challenges.find(({ url }) => url === urls.challenge);
      if (!seen || seen.status === 'pending') throw error;
    }
  }

  private async publishAnswer(
    identity: AcmeIdentity,
    order: CertOrder,
    authorization: AcmeAuthorization,
    token: string,
  ): Promise<void> {
    await this.db.outsideStores((tx) =>
      tx.execute(
        `INSERT INTO acme_challenges (token, host_ascii, key_authorization, order_id, expires_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (token) DO NOTHING`,
        [
          token,
          authorization.identifier.value.toLowerCase(),
          keyAuthorization(identity.key, token),
          order.id,
          after(this.clock.now(), 7 * DAY),
        ],
      ),
    );
  }

  private async collect(
    work: { storeId: string; hostname: HostnameRow; order: CertOrder },
    identity: AcmeIdentity,
    seen: AcmeOrder,
    signal?: AbortSignal,
  ): Promise<Move> {
    const { storeId, order } = work;
    if (!seen.certificate || order.keySealed === null) {
      const problem = { type: 'no-certificate', detail: 'the order is valid but incomplete' };
      return { to: 'failed', kind: 'ours', problem };
    }
    const chain = await this.authority.client.certificate(identity, seen.certificate, signal);
    const keyPem = this.secrets.open(order.keySealed, orderKeySeal(storeId, order.id)).toString();
    const verdict = checkChain(chain, { keyPem, names: order.names, now: this.clock.now() });
    if (!verdict.ok) {
      const problem = { type: `chain-${verdict.problem}`, detail: verdict.detail };
      return { to: 'failed', kind: 'ours', problem };
    }
    await this.storeCertificate.store(work, verdict.facts, keyPem);
    return { to: 'done' };
  }

  /** An invalid order hides its reason in the authorization that failed. */
  private async explain(
    identity: AcmeIdentity,
    seen: AcmeOrder,
    signal?: AbortSignal,
  ): Promise<Move> {
    let problem = seen.error;
    for (const url of seen.authorizations) {
      const { body } = await this.authority.client
        .getAuthorization(identity, url, signal)
        .catch((error: unknown) => {
          // The authority may have thrown it away already; the order's own error then has to do.
          if (error instanceof AcmeError && error.status === 404) return { body: null };
          throw error;
        });
      problem = body?.challenges.find((challenge) => challenge.error)?.error ?? problem;
    }
    const type = problem ? shortType(problem.type) : 'incorrectResponse';
    const kind = classifyProblem(type, 403, null);
    // The order itself is over, so even a fault of the authority ends this attempt.
    const ending = kind === 'transient' || kind === 'limited' ? 'merchant' : kind;
    return { to: 'failed', kind: ending, problem: { type, detail: problem?.detail ?? '' } };
  }
}
