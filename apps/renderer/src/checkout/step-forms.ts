import { Inject, Injectable } from '@nestjs/common';
import {
  type CheckoutChange,
  type CheckoutView,
  type Faults,
  type Notice,
  type UpdateOutcome,
  addressFault,
  checkAddress,
  checkEmail,
  deliveryPage,
  informationPage,
  namedCountries,
  requiresShipping,
  type TypedAddress,
} from '@renderer/checkout';
import { redirect } from '../5-send-response/plain-page';
import type { Input } from '../actions/read-input';
import type { ShopResponse } from '../shop-request';
import { CheckoutDesk, type Visit } from './desk';
import { prefilledAddress, prefilledEmail, readPrefill } from './prefill';
import { queryOf, textOf, typedAddress } from './typed';
import { VatField } from './vat-field';

/** The pages before the payment. */
export type Step = 'information' | 'delivery';

/** The first pages of a checkout: who, where to, how. What was typed is never lost, and a fault names its field. */
@Injectable()
export class StepForms {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(VatField) private readonly vat: VatField,
  ) {}

  /** The first page that is not complete. */
  next({ checkout }: CheckoutView): Step | 'payment' {
    const sent = requiresShipping(checkout);
    const address = sent ? checkout.shippingAddress : checkout.billingAddress;
    if (checkout.email === null || address === null) return 'information';
    return sent && checkout.deliveryRateId === null ? 'delivery' : 'payment';
  }

  /** Shows a page as it stands. */
  show(
    visit: Visit,
    view: CheckoutView,
    step: Step,
    notices: readonly Notice[] = [],
  ): ShopResponse {
    if (step === 'delivery') {
      if (this.next(view) === 'information' || !requiresShipping(view.checkout))
        return redirect(303, `/checkouts/${visit.token}/${this.next(view)}`);
      return this.delivery(visit, view, {}, notices);
    }
    const { checkout } = view;
    const known = checkout.shippingAddress ?? checkout.billingAddress;
    const { email, consent } = checkout;
    const { setting, request } = visit;
    const said = readPrefill(queryOf(request));
    // What is known of the shopper is never mixed with what a link says of them.
    const typed =
      known ?? prefilledAddress(said, { lang: setting.lang, home: setting.shop.country });
    const address = { phone: checkout.phone ?? '', ...typed };
    const vatNumber = this.vat.shown(visit, typed.country, checkout.vatNumber?.number ?? '');
    const marketing = consent?.marketing ?? false;
    const shown = { email: email ?? prefilledEmail(said), marketing, address, vatNumber };
    return this.information(visit, view, { ...shown, faults: {}, notices });
  }

  /** Takes what was sent. */
  send(visit: Visit, view: CheckoutView, part: Step, input: Input): Promise<ShopResponse> {
    return part === 'information'
      ? this.takeInformation(visit, view, input)
      : this.takeDelivery(visit, view, input);
  }

  private async takeInformation(
    visit: Visit,
    view: CheckoutView,
    input: Input,
  ): Promise<ShopResponse> {
    const { sent, group, ...typed } = this.typed(visit, view, input);
    const { address, marketing, vatNumber } = typed;
    if (input.intent === 'country')
      return this.information(visit, view, { ...typed, faults: {}, notices: [] });
    const email = checkEmail(typed.email);
    const checked = checkAddress(address);
    const faults = informationFaults(visit, email, checked, { group, country: address.country });
    if (email === null || !('address' in checked))
      return this.information(visit, view, { ...typed, faults, notices: [] });
    const vat = await this.vat.take(visit, view, {
      typed: vatNumber,
      country: checked.address.country,
    });
    if ('fault' in vat)
      return this.information(visit, view, {
        ...typed,
        faults: { vat_number: vat.fault },
        notices: [],
      });
    const change: CheckoutChange = {
      email,
      phone: checked.address.phone ?? null,
      locale: visit.setting.lang,
      vatNumber: vat.number,
      consent: { marketing, terms: false },
      ...(sent ? { shippingAddress: checked.address } : { billingAddress: checked.address }),
    };
    const saved = await this.save(visit, change, input);
    if (saved.kind !== 'done') return this.notSaved(visit, saved);
    return redirect(303, `/checkouts/${visit.token}/${sent ? 'delivery' : 'payment'}`);
  }

  /** Shows the first page with what was typed on it, after something beside it has changed. */
  again(visit: Visit, view: CheckoutView, input: Input, notices: readonly Notice[]): ShopResponse {
    const { email, marketing, address, vatNumber } = this.typed(visit, view, input);
    const typed = { email, marketing, address, vatNumber };
    return this.information(visit, view, { ...typed, faults: {}, notices });
  }

  private typed(visit: Visit, { checkout }: CheckoutView, input: Input) {
    const sent = requiresShipping(checkout);
    const group = sent ? ('shipping' as const) : ('billing' as const);
    const address = typedAddress(input, group);
    return {
      sent,
      group,
      email: textOf(input, 'email'),
      marketing: input.marketing === '1',
      address,
      vatNumber: this.vat.shown(visit, address.country, textOf(input, 'vat_number').trim()),
    };
  }

  private async takeDelivery(
    visit: Visit,
    view: CheckoutView,
    input: Input,
  ): Promise<ShopResponse> {
    const deliveryRateId = textOf(input, 'delivery');
    const known = view.checkout.deliveryOptions.some(({ rateId }) => rateId === deliveryRateId);
    if (!known)
      return this.delivery(visit, view, { delivery: visit.setting.words['fault.delivery'] });
    const saved = await this.save(visit, { deliveryRateId }, input);
    if (saved.kind !== 'done') return this.notSaved(visit, saved);
    // What was chosen may have ended while the page was open.
    const held = saved.checkout.deliveryRateId === deliveryRateId;
    return redirect(303, `/checkouts/${visit.token}/${held ? 'payment' : 'delivery'}`);
  }

  /** Keeps a change, if nobody was faster. */
  save(visit: Visit, change: CheckoutChange, input: Input): Promise<UpdateOutcome> {
    const version = Number(textOf(input, 'version')) || undefined;
    return this.desk.checkouts.write(visit.site.storeId, (store) =>
      this.desk.checkouts.update(store, visit.token, change, version),
    );
  }

  /** Another window was faster, or it is being paid: the page that is right for it says so. */
  async notSaved(visit: Visit, outcome: UpdateOutcome): Promise<ShopResponse> {
    if (outcome.kind !== 'raced') return redirect(303, `/checkouts/${visit.token}`);
    const view = await this.desk.view(visit, outcome.checkout);
    const step = this.next(view);
    if (step === 'payment') return redirect(303, `/checkouts/${visit.token}/payment`);
    const notices: Notice[] = [{ kind: 'error', title: visit.setting.words.raced }];
    return { ...this.show(visit, view, step, notices), status: 409 };
  }

  /** Shows the first page with what somebody else said of the shopper, and what is missing of it. */
  filled(
    visit: Visit,
    view: CheckoutView,
    { address, faults }: { address: TypedAddress; faults: Faults },
  ): ShopResponse {
    const { email, consent, vatNumber } = view.checkout;
    const marketing = consent?.marketing ?? false;
    const number = this.vat.shown(visit, address.country, vatNumber?.number ?? '');
    const typed = { email: email ?? '', marketing, address, vatNumber: number };
    return this.information(visit, view, { ...typed, faults, notices: [] });
  }

  private information(
    visit: Visit,
    view: CheckoutView,
    typed: Omit<Parameters<typeof informationPage>[1], 'countries'>,
  ): ShopResponse {
    const countries = namedCountries(visit.setting.lang);
    const body = informationPage(view, { ...typed, countries }, visit.setting);
    return this.desk.page(visit, body, { status: statusOf(typed), view });
  }

  private delivery(
    visit: Visit,
    view: CheckoutView,
    faults: Faults,
    notices: readonly Notice[] = [],
  ): ShopResponse {
    const body = deliveryPage(view, { faults, notices }, visit.setting);
    return this.desk.page(visit, body, { status: statusOf({ faults, notices }), view });
  }
}

/** A page that tells what is wrong is no success. */
export function statusOf(told: { faults: Faults; notices: readonly Notice[] }): number {
  const wrong = Object.keys(told.faults).length > 0;
  return wrong || told.notices.some(({ kind }) => kind === 'error') ? 422 : 200;
}

function informationFaults(
  { setting }: Visit,
  email: string | null,
  checked: ReturnType<typeof checkAddress>,
  { group, country }: { group: 'shipping' | 'billing'; country: string | undefined },
): Faults {
  const wrong: Faults = email === null ? { email: setting.words['fault.email'] } : {};
  return { ...wrong, ...addressFaults(checked, group, { ...setting, country }) };
}

/** The sentences of an address's faults by the ids of their fields. */
export function addressFaults(
  checked: ReturnType<typeof checkAddress>,
  group: 'shipping' | 'billing',
  setting: Visit['setting'] & { country?: string },
): Faults {
  if ('address' in checked) return {};
  const { words, lang, country = '' } = setting;
  return Object.fromEntries(
    Object.entries(checked.faults).map(([name, fault]) => [
      `${group}_${name}`,
      addressFault(name as Parameters<typeof addressFault>[0], fault, { words, lang, country }),
    ]),
  );
}
