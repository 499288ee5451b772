import type { Money } from '@libs/kernel';
import type { BrowserField } from '../../payment-views';
import { toProviderUnits } from '../exponents';

/** What Stripe's script needs of a page's policy (docs.stripe.com/security/guide, content security policy). */
const hosts: BrowserField['hosts'] = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connect: ['https://api.stripe.com'],
};

/**
 * Mounts Stripe's Payment Element before an intent exists (docs.stripe.com/payments/accept-a-payment-deferred): what was
 * typed is checked first, then the intent is made, then Stripe confirms it with the bank's own check where it asks one.
 */
const code = `(box,data,look)=>new Promise((done,failed)=>{
const stripe=Stripe(data.publishableKey,{locale:look.locale});
const elements=stripe.elements({mode:'payment',amount:data.amount,currency:data.currency,captureMethod:data.captureMethod,
appearance:{theme:look.dark?'night':'stripe',variables:{colorPrimary:look.accent,fontFamily:look.family}}});
const element=elements.create('payment',{layout:'tabs'});
element.on('loaderror',failed);
element.on('ready',()=>done({
check:async()=>(await elements.submit()).error?.message??null,
confirm:async({clientSecret,returnUrl})=>(await stripe.confirmPayment(
{elements,clientSecret,confirmParams:{return_url:returnUrl}})).error?.message??null}));
element.mount(box);
})`;

/**
 * Stripe's field for a sum.
 * @param scriptUrl another host than Stripe's is a stand-in, which is then all that the page may load from
 * @throws ProviderError `refused` for an amount that Stripe cannot say
 */
export function stripeField(
  scriptUrl: string,
  publicKeys: Readonly<Record<string, string>>,
  { money, capture }: { money: Money; capture: 'now' | 'later' },
): BrowserField {
  const { origin } = new URL(scriptUrl);
  const isStripes = origin === 'https://js.stripe.com';
  return {
    provider: 'stripe',
    script: scriptUrl,
    hosts: isStripes ? hosts : { script: [origin], frame: [origin], connect: [origin] },
    code,
    data: {
      publishableKey: publicKeys.publishableKey ?? '',
      amount: toProviderUnits('stripe', money),
      currency: money.currency.toLowerCase(),
      captureMethod: capture === 'later' ? 'manual' : 'automatic',
    },
  };
}
