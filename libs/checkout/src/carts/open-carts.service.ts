import { Inject, Injectable } from '@nestjs/common';
import { Markets, type SellableVariant, findSellable } from '@libs/catalog';
import type { StoreReader, StoreWriter } from '@platform/database';
import { newToken } from '@platform/secrets';
import type { Cart, CartLine, Properties } from './cart';
import { type LineChange, addLines, changeLine, gainedLines, setQuantities } from './cart-rules';
import { type CartRow, findOpenCart, insertCart, saveCart, saveLines } from './cart-rows.queries';
import { joinLines } from './join-carts';
import { settleGifts } from './settle-gifts';
import { withoutRecipient } from './gift-wish';
import { distinctCodes } from './distinct-codes';
import { type Exchange, type MarketTerms, exchangeOf } from './exchange';
import { type Refusal, judge } from './judge';
import { lineKey, variantOf } from './line-key';
import { type LeftOut, leftOut, type ReorderedLine, reorderLines } from './reorder';

/** Whose cart: the token of the shopper's cookie, and the store's currency for a cart that has to be made. */
export interface CartOwner {
  /** Null without a cookie; one that no open cart has is never given to a cart. */
  token: string | null;
  currency: string;
  /** Where the shopper buys; the cart's own market, or home for a new one, when left out. */
  market?: string;
}

/** One thing to put into a cart. */
export interface Addition {
  /** The variant's public id. */
  variant: number;
  /** From 1. */
  quantity: number;
  properties: Properties;
}

/** What a cart says besides its lines: attributes are merged, an empty one is deleted. */
export interface CartRemarks {
  note?: string;
  attributes?: Readonly<Record<string, string>>;
  /** The full set of discount codes; more than a cart holds are left out. */
  codes?: readonly string[];
  /** Of the share link that makes the cart. */
  source?: string;
}

/** A line by its place from 1, by its key, or by its variant's public id (the first of its lines). */
export type LineRef = { place: number } | { key: string } | { variant: number };

/** A new quantity for a line; a variant that is in no line is added. */
export interface QuantityUpdate {
  line: LineRef;
  quantity: number;
}

/** What became of a wish. `raced`: somebody else changed the cart meanwhile, nothing was done, try again. */
export type CartOutcome =
  | {
      kind: 'done';
      cart: Cart;
      /** What the shopper's cookie is to say; null while there is no cart. */
      token: string | null;
      /** The lines that were asked for, in that order. */
      lines: CartLine[];
      /** Lines of the quantities that came and went. */
      gained: CartLine[];
      lost: CartLine[];
    }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'raced' };

/** What else may be put into a cart. */
interface Joining {
  addedCode?: string;
  joined?: Pick<Cart, 'note' | 'codes'>;
}

/** How a cart's prices are made: its market's terms, or null at home. */
interface Pricing {
  terms: MarketTerms | null;
  market: string;
  currency: string;
  exchange: Exchange | null;
}

/** What a verb makes of a cart: its next lines and the keys of those that were asked for, or why not. */
type Plan = { lines: CartLine[]; asked?: string[] } | Refusal;

/**
 * The verbs of a cart. A verb does all that it is asked or nothing; prices and stock are those of its moment. The first
 * verb that has something to keep makes the cart. A line whose product was withdrawn is not shown, and the next verb
 * drops it.
 */
@Injectable()
export class OpenCarts {
  constructor(@Inject(Markets) private readonly markets: Markets) {}

  /** The open cart of a token, or null. */
  async find(store: StoreReader, token: string): Promise<Cart | null> {
    const row = await findOpenCart(store, token);
    return row && price(store, row, await this.pricingOf(store, row));
  }

  /** Puts variants in; refuses all of them when one is missing, hidden or short. */
  async add(
    store: StoreWriter,
    owner: CartOwner,
    additions: readonly Addition[],
    remarks: CartRemarks = {},
  ): Promise<CartOutcome> {
    const named = additions.map(({ variant }) => variant);
    return this.write(store, owner, remarks, async ({ lines }, terms) => {
      const offers = await offersOf(store, named, terms);
      const wants = additions.flatMap(({ variant, ...rest }) => {
        const offer = offers.get(variant);
        return offer ? [{ ...rest, offer }] : [];
      });
      if (wants.length < additions.length) return { reason: 'variant-missing' };
      const settled = await settleGifts(store, wants);
      if ('reason' in settled) return settled;
      const asked = settled.map(({ offer, properties }) => lineKey(offer.publicId, properties));
      return { lines: addLines(lines, settled), asked };
    });
  }

  /** Puts in what can be bought of lines of an order, as far as it fits, and tells what was left out. */
  async reorder(
    store: StoreWriter,
    owner: CartOwner,
    wanted: readonly ReorderedLine[],
  ): Promise<{ outcome: CartOutcome; left: LeftOut[] }> {
    // Whom a gift was for, and when, was of that order alone.
    const again = wanted.map((line) => ({
      ...line,
      properties: withoutRecipient(line.properties),
    }));
    const ids = [...new Set(wanted.flatMap(({ variantId }) => variantId ?? []))];
    let offers: ReadonlyMap<string, SellableVariant> = new Map();
    const outcome = await this.write(store, owner, {}, async ({ lines }, terms) => {
      const found = ids.length === 0 ? [] : await findSellable(store, ids, terms);
      offers = new Map(found.map((offer) => [offer.variantId, offer]));
      return { lines: joinLines(lines, reorderLines(again, offers)) };
    });
    const gained = outcome.kind === 'done' ? outcome.gained : [];
    return { outcome, left: leftOut(again, offers, gained) };
  }

  /** Changes one line. */
  change(
    store: StoreWriter,
    owner: CartOwner,
    ref: LineRef,
    change: LineChange,
  ): Promise<CartOutcome> {
    return this.write(store, owner, {}, async ({ lines }) => {
      const line = findLine(lines, ref);
      if (!line) return { reason: 'line-missing' };
      if (!change.properties) return { lines: changeLine(lines, line.key, change) };
      const settled = await settleGifts(store, [{ ...line, properties: change.properties }]);
      if ('reason' in settled) return settled;
      const properties = settled[0]?.properties;
      return { lines: changeLine(lines, line.key, { ...change, properties }) };
    });
  }

  /** Sets quantities and remarks. Keys and places of lines that are gone change nothing. */
  async update(
    store: StoreWriter,
    owner: CartOwner,
    updates: readonly QuantityUpdate[],
    remarks: CartRemarks = {},
  ): Promise<CartOutcome> {
    const named = updates.flatMap(({ line }) => ('variant' in line ? [line.variant] : []));
    return this.write(store, owner, remarks, async ({ lines }, terms) =>
      planUpdate(lines, updates, await offersOf(store, named, terms)),
    );
  }

  /** Takes all lines out; note and attributes stay. */
  clear(store: StoreWriter, owner: CartOwner): Promise<CartOutcome> {
    return this.write(store, owner, {}, async () => ({ lines: [] }));
  }

  /** Remembers one more discount code, such as of a link; one that is there already stays in its place. */
  rememberCode(store: StoreWriter, owner: CartOwner, code: string): Promise<CartOutcome> {
    const asItIs = async ({ lines }: Cart) => ({ lines: [...lines] });
    return this.write(store, owner, { addedCode: code }, asItIs);
  }

  /** Gives the cart the prices of the owner's market. */
  moveTo(store: StoreWriter, owner: CartOwner & { market: string }): Promise<CartOutcome> {
    return this.write(store, owner, {}, async ({ lines }) => ({ lines: [...lines] }));
  }

  /** Puts what is in another cart into the shopper's: lines as far as they fit, codes, attributes, and a note if it has none. */
  join(store: StoreWriter, owner: CartOwner, other: Cart): Promise<CartOutcome> {
    const { attributes, note, codes } = other;
    const remarks = { attributes, joined: { note, codes } };
    return this.write(store, owner, remarks, async ({ lines }, terms) => {
      const publicIds = other.lines.map(({ offer }) => offer.publicId);
      const offers = await offersOf(store, publicIds, terms);
      const more = other.lines.map((line) => ({
        ...line,
        offer: offers.get(line.offer.publicId) ?? line.offer,
      }));
      return { lines: joinLines(lines, more) };
    });
  }

  private async write(
    store: StoreWriter,
    owner: CartOwner,
    { addedCode, joined, source, ...given }: CartRemarks & Joining,
    plan: (cart: Cart, terms: MarketTerms | null) => Promise<Plan>,
  ): Promise<CartOutcome> {
    const row = owner.token === null ? null : await findOpenCart(store, owner.token);
    const pricing = await this.pricingOf(store, {
      currency: owner.currency,
      market: owner.market ?? row?.market ?? home,
    });
    const { terms, ...priced } = pricing;
    const before = row
      ? await price(store, row, pricing)
      : { ...emptyCart(owner.currency), ...priced, source: source ?? null };
    const planned = await plan(before, terms);
    if ('reason' in planned) return { kind: 'refused', refusal: planned };
    const { lines, asked = [] } = planned;
    const added = addedCode === undefined ? (joined?.codes ?? []) : [addedCode];
    const remarks = joined?.note && before.note === null ? { ...given, note: joined.note } : given;
    const codes = added.length === 0 ? remarks.codes : [...before.codes, ...added];
    const after = { ...before, ...remarked(before, { ...remarks, codes }), lines };
    const refusal = judge(before, after);
    if (refusal) return { kind: 'refused', refusal };
    const saved = await this.save(store, owner, row, after);
    if (!saved) return { kind: 'raced' };
    return {
      kind: 'done',
      ...saved,
      lines: asked.flatMap((key) => lines.find((line) => line.key === key) ?? []),
      gained: gainedLines(before.lines, lines),
      lost: gainedLines(lines, before.lines),
    };
  }

  /** The cart as it was kept; null when somebody else was faster. An empty cart is not made. */
  private async save(
    store: StoreWriter,
    owner: CartOwner,
    row: CartRow | null,
    cart: Cart,
  ): Promise<{ cart: Cart; token: string | null } | null> {
    const { lines, note, attributes, codes, currency, market } = cart;
    const worthless =
      lines.length + codes.length + Object.keys(attributes).length === 0 && note === null;
    if (!row && worthless) return { cart, token: null };
    const token = row && owner.token !== null ? owner.token : newToken();
    const { cartId, version } = row ?? (await insertCart(store, token, cart));
    const kept = { cartId, version, note, attributes, codes, currency, market };
    if (!(await saveCart(store, kept))) return null;
    await saveLines(store, cartId, lines);
    return { cart: { ...cart, cartId, version: version + 1 }, token };
  }

  /** A market that is closed or gone has the prices of home. */
  private async pricingOf(
    store: StoreReader,
    { market, currency }: Pick<Cart, 'market' | 'currency'>,
  ): Promise<Pricing> {
    if (market === home) return { terms: null, market, currency, exchange: null };
    const terms = await this.markets.terms(store, market);
    return {
      terms,
      market: terms.market,
      currency: terms.currency,
      exchange: exchangeOf(terms),
    };
  }
}

const home = 'home';

async function price(
  store: StoreReader,
  { lines, ...cart }: CartRow,
  { terms, ...pricing }: Pricing,
): Promise<Cart> {
  const offers = await offersOf(
    store,
    lines.map(({ key }) => variantOf(key)),
    terms,
  );
  return {
    ...cart,
    ...pricing,
    lines: lines.flatMap((line) => {
      const offer = offers.get(variantOf(line.key));
      return offer ? [{ ...line, offer }] : [];
    }),
  };
}

/** What shoppers can buy among these, by public id. */
async function offersOf(
  store: StoreReader,
  publicIds: readonly number[],
  terms: MarketTerms | null,
): Promise<Map<number, SellableVariant>> {
  if (publicIds.length === 0) return new Map();
  const found = await findSellable(store, [...new Set(publicIds)], terms);
  return new Map(found.map((offer) => [offer.publicId, offer]));
}

/** A cart that does not exist yet. */
export function emptyCart(currency: string): Cart {
  const nobody = { customerId: null, groups: [], source: null };
  return {
    cartId: '',
    version: 0,
    currency,
    market: home,
    exchange: null,
    note: null,
    attributes: {},
    codes: [],
    lines: [],
    ...nobody,
  };
}

function findLine(lines: readonly CartLine[], ref: LineRef): CartLine | undefined {
  if ('place' in ref) return lines[ref.place - 1];
  if ('key' in ref) return lines.find(({ key }) => key === ref.key);
  return lines.find(({ offer }) => offer.publicId === ref.variant);
}

function planUpdate(
  lines: readonly CartLine[],
  updates: readonly QuantityUpdate[],
  offers: ReadonlyMap<number, SellableVariant>,
): Plan {
  const quantities = new Map<string, number>();
  const wants: Parameters<typeof addLines>[1][number][] = [];
  for (const { line: ref, quantity } of updates) {
    const line = findLine(lines, ref);
    if (line) quantities.set(line.key, quantity);
    else if ('variant' in ref && quantity > 0) {
      const offer = offers.get(ref.variant);
      if (!offer) return { reason: 'variant-missing' };
      wants.push({ offer, quantity, properties: [] });
    }
  }
  return { lines: addLines(setQuantities(lines, quantities), wants) };
}

function remarked(
  cart: Cart,
  { note, attributes = {}, codes }: CartRemarks,
): Pick<Cart, 'note' | 'attributes' | 'codes'> {
  const merged = Object.entries({ ...cart.attributes, ...attributes });
  return {
    note: note === undefined ? cart.note : note || null,
    attributes: Object.fromEntries(merged.filter(([, value]) => value !== '')),
    codes: codes === undefined ? cart.codes : distinctCodes(codes),
  };
}
