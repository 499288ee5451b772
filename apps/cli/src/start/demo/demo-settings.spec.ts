import { firstPartyTheme } from '../../theme/files/first-party';
import { readThemeFolder } from '../../theme/files/theme-folder';
import { withDemoSettings } from './demo-settings';

interface Template {
  sections: Record<string, { type: string; settings: Record<string, unknown> }>;
  order: string[];
}

describe('the demo’s theme', () => {
  const templateOf = async (theme: string, name: string): Promise<Template> => {
    const { files } = await readThemeFolder(firstPartyTheme(theme));
    const changed = withDemoSettings(files);
    expect([...changed.keys()]).toEqual([...files.keys()]);
    return JSON.parse(changed.get(`templates/${name}.json`)?.toString() ?? '{}') as Template;
  };

  it('shows the journal and three reviews on the front page of Atelier', async () => {
    const { sections, order } = await templateOf('atelier', 'index');
    expect(sections['journal']).toEqual({ type: 'journal-teaser', settings: { blog: 'journal' } });
    expect(order.indexOf('journal')).toBe(order.indexOf('letters') - 1);
    expect(order.toSorted()).toEqual(Object.keys(sections).toSorted());
    expect(sections['words']?.settings['reviews']).toHaveLength(3);
  });

  it('shows all reviews in Flash, each once', async () => {
    const { sections } = await templateOf('flash', 'product');
    const handles = sections['reviews']?.settings['reviews'] as string[];
    expect(handles[0]).toBe('fireside-candle-ruth');
    expect(new Set(handles).size).toBe(12);
    for (const handle of handles) expect(handle).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
