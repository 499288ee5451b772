import { frame } from './frame';
import { html } from './html';
import { plainLook } from './look';
import type { Notice, PageSetting } from './page-input';
import { wordsIn } from './words';

const shop = { name: 'Kiln', country: 'DE' };
const setting: PageSetting = {
  ...wordsIn('en'),
  shop,
  look: plainLook,
  prefix: '',
  nonce: 'n',
};

function pageWith(notices: readonly Notice[], delivers: boolean): string {
  const main = html`<h1>Payment</h1>`;
  const body = { title: 'Payment', step: 'payment', notices, main, aside: null } as const;
  return frame(body, setting, { token: 't', delivers });
}

describe('the frame of the checkout', () => {
  it('has no step of delivery where nothing is sent', () => {
    expect(pageWith([], true)).toContain('/checkouts/t/delivery');
    expect(pageWith([], false)).not.toContain('delivery');
    expect(pageWith([], false)).toContain('/checkouts/t/information');
  });

  it('leaves out what stands beside its field already', () => {
    const notice = { kind: 'error', title: 'No such code' } as const;
    expect(pageWith([notice], true)).toContain('No such code');
    expect(pageWith([{ ...notice, beside: true }], true)).not.toContain('No such code');
  });
});
