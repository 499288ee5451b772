import sharp from 'sharp';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { openShopLab } from './shop-lab';

/** A theme whose front page shows the picture that its setting names. */
const themeWith = (mediaId: string) =>
  aTheme({
    'sections/hero.hbs': `{{#if @section.settings.image}}{{image_tag @section.settings.image width=400 alt="Hero"}}{{else}}none{{/if}}
{{#schema}}{"name":"Hero","settings":[{"type":"image","id":"image","label":"Image"}]}{{/schema}}`,
    'templates/index.json': JSON.stringify({
      sections: { main: { type: 'hero', settings: { image: mediaId } } },
      order: ['main'],
    }),
  });

describe('images of settings', () => {
  it('are pictures of the store by their ids', async () => {
    const lab = await openShopLab(themeWith('00000000-0000-7000-8000-000000000000'));
    try {
      const home = async () => {
        lab.renderer.get(Stamps).forget();
        return (await lab.visit('/')).body.toString();
      };
      expect(await home()).toContain('none');
      const content = await sharp({
        create: { width: 40, height: 20, channels: 3, background: '#345' },
      })
        .png()
        .toBuffer();
      const image = await lab.api.call(`POST /stores/${lab.merchant.storeId}/images`, {
        token: lab.merchant.token,
        file: { name: 'hero.png', content },
      });
      await lab.publish(themeWith(image.body.id));
      expect(await home()).toContain('none');
      await lab.api.drain();
      expect(await home()).toMatch(/<img src="\/cdn\/i\/[0-9a-f]{64}\/\d+\.webp"[^>]* alt="Hero"/);
    } finally {
      await lab.close();
    }
  }, 120_000);
});
