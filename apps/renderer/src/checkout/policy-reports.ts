import { Inject, Injectable } from '@nestjs/common';
import { Log, Metrics } from '@platform/telemetry';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { CheckoutDesk, type StoreSite } from './desk';
import { readPolicyReports } from './read-policy-reports';

/** A browser's report is some hundred bytes. */
const mostBytes = 16_384;

/**
 * Takes what browsers report of the checkout's policy: something tried to load what no page of ours declares. Whoever
 * runs the platform sees it in log and metrics, as the standard for cards wants of pages with a provider's field (PCI
 * DSS 4.0, 6.4.3 and 11.6.1).
 */
@Injectable()
export class PolicyReports {
  private readonly violations;

  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(Log) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.violations = metrics.counter({
      name: 'checkout_policy_violations_total',
      help: 'What browsers refused to load on pages of the checkout, by the rule of their policy.',
      labels: ['directive'],
    });
  }

  /** Answers 204 to a report, 400 to what is none. */
  async take(site: StoreSite, request: ShopRequest): Promise<ShopResponse> {
    if (request.method !== 'POST') return answer(405, { allow: 'POST' });
    if (await this.desk.isTooOften('report', { site, request })) return answer(429);
    if (request.body.length > mostBytes) return answer(413);
    const told = readPolicyReports(request.body);
    if (told === null) return answer(400);
    for (const violation of told) {
      this.violations.inc({ directive: violation.directive });
      const fields = { storeId: site.storeId, ...violation };
      this.log.warn(
        fields,
        'A page of the checkout was kept from loading what it does not declare.',
      );
    }
    return answer(204);
  }
}

function answer(status: number, headers: Record<string, string> = {}): ShopResponse {
  return { status, headers: { 'cache-control': 'no-store', ...headers }, body: Buffer.alloc(0) };
}
