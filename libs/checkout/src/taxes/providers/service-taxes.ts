import type { StoreReader } from '@platform/database';
import { knownAnswers } from '../../asking/answer-rows.queries';
import { Unasked } from '../../asking/asked';
import { taxKind } from '../../asking/service-kind';
import type { TaxRate } from '../../quote/tax/terms';
import type { ToldTaxes } from '../tax-services/tax-answer';
import { type AskedTaxes, taxQuestion, type TaxServiceFacts } from '../tax-services/tax-question';
import type { FrozenTaxes } from './frozen-taxes';
import type { Jurisdictions, TaxAddress, TaxedLine, TaxProvider } from './tax-provider';

/** Hours for which a checkout keeps what it was told of the same lines and place, without asking again. */
const frozenHours = 24;

/** Whom to ask, and what is known. */
export interface ServiceTaxesTerms {
  service: TaxServiceFacts;
  currency: string;
  taxIncluded: boolean;
  /** Of the store. */
  origin: string;
  /** What the checkout was told before; null where it was told nothing. */
  frozen: FrozenTaxes | null;
  /** By the database's clock, milliseconds since 1970. */
  now: number;
  /** Whose rates count while the service does not answer. */
  fallback: TaxProvider;
}

/**
 * A service of the merchant's as a provider. It calls nobody: it knows what `LiveAnswers` kept, and says what must be
 * asked. What a checkout was told once counts for it as long as it is the same question.
 */
export class ServiceTaxes implements TaxProvider {
  /** What counts now, for the checkout and its order to keep. */
  kept: FrozenTaxes | null = null;

  constructor(
    private readonly store: StoreReader,
    private readonly terms: ServiceTaxesTerms,
  ) {}

  /** @throws Unasked */
  async quote(lines: readonly TaxedLine[], address: TaxAddress): Promise<Jurisdictions> {
    const { service, currency, taxIncluded, origin, now, fallback } = this.terms;
    const asked = taxQuestion(service, lines, {
      currency,
      taxIncluded,
      origin: { country: origin },
      destination: address,
    });
    const found = await this.answerTo(asked);
    const { serviceId, name } = service;
    const known = found?.answer ?? null;
    const at = found?.at ?? new Date(now).toISOString();
    const told = known && jurisdictionsOf(known, asked);
    this.kept = {
      serviceId,
      name,
      hash: asked.hash,
      at,
      answer: known,
      categories: told ? byCategory(lines, told) : {},
    };
    return told ?? fallback.quote(lines, address);
  }

  /** What counts of what was told; null where nothing does. */
  private async answerTo(
    asked: AskedTaxes,
  ): Promise<{ answer: ToldTaxes; at: string | null } | null> {
    const { frozen, now, service } = this.terms;
    const { serviceId, hash } = asked;
    const same =
      frozen?.answer && frozen.serviceId === serviceId && frozen.hash === hash
        ? { answer: frozen.answer, at: frozen.at }
        : null;
    if (same && now - Date.parse(same.at) < frozenHours * 3_600_000) return same;
    const [known] = await knownAnswers<ToldTaxes>(this.store, taxKind, [asked]);
    if (!service.resting && known?.good !== true) throw new Unasked([asked]);
    return known?.answer ? { answer: known.answer, at: null } : same;
  }
}

function jurisdictionsOf(told: ToldTaxes, { lineIds }: AskedTaxes): Jurisdictions {
  const lines = lineIds.map((id, at): [string, readonly TaxRate[]] => [id, told.lines[at] ?? []]);
  return { lines: new Map(lines), shipping: told.shipping };
}

/** What was told of each category, for what is added to the order later: of the first line that has it. */
function byCategory(
  lines: readonly TaxedLine[],
  { lines: told }: Jurisdictions,
): FrozenTaxes['categories'] {
  const found = lines.map(({ id, category }): [string, TaxRate[]] => [
    category,
    [...(told.get(id) ?? [])],
  ]);
  return Object.fromEntries(found.toReversed());
}
