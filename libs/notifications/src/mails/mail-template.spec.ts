import * as fc from 'fast-check';
import { layMail } from './compose-mail';
import { findMailKind, mailKinds, mailLanguages, sampleValues, templateOf } from './mail-kinds';
import { layOwn } from './mail-templates.service';
import { TemplateFault, fillTemplate, readTemplate } from './mail-template';

const rules = { fields: ['name', 'store', 'note'], button: true };
const body = (source: string, values: Record<string, string> = {}) =>
  fillTemplate(readTemplate(source, 'body', rules), values);
const faultOf = (source: string, part: 'subject' | 'body' = 'body') => {
  try {
    readTemplate(source, part, rules);
  } catch (error) {
    if (error instanceof TemplateFault) return `${error.line}: ${error.reason}`;
    throw error;
  }
  return 'none';
};
const button = '\n\n{{#button}}Go{{/button}}';

describe('templates of mails', () => {
  it('fill fields in, choose by them, and leave empty paragraphs out', () => {
    const source = `Hello {{name}},\n\n{{#if note}}Note: {{note}}{{else}}No note.{{/if}}\n\n{{store}}${button}`;
    expect(body(source, { name: 'Ada', note: 'soon' })).toEqual([
      { kind: 'paragraph', text: 'Hello Ada,' },
      { kind: 'paragraph', text: 'Note: soon' },
      { kind: 'button', text: 'Go' },
    ]);
    expect(body(source, { name: 'Ada' })[1]).toEqual({ kind: 'paragraph', text: 'No note.' });
  });

  it.each([
    ['Hi\n\n{{nobody}}' + button, '3: there is no {{nobody}} here'],
    ['Hi\n{{#if name}}you' + button, '4: the button stands in nothing else'],
    ['{{#if name}}\nyou', '1: {{#if}} is not closed'],
    ['a\nb\n{{/if}}' + button, '3: {{/if}} closes nothing'],
    ['{{else}}' + button, '1: {{else}} belongs to no {{#if}}'],
    ['a\n{{name' + button, '2: “{{” has no other end'],
    ['a\n\nname}}' + button, '3: “}}” has no other end'],
    ['a\n{{{name}}}' + button, '2: two braces, not three'],
    ['{{#each items}}' + button, '1: there is no {{#each items}} here'],
    ['{{lookup this "constructor"}}' + button, '1: there is no {{lookup this "constructor"}} here'],
    ['{{__proto__}}' + button, '1: there is no {{__proto__}} here'],
    ['only words', '1: the link is missing'],
    [button + button, '5: there is one button already'],
    ['{{#if name}}'.repeat(6) + button, '1: at most 5 levels'],
  ])('name line and reason: %j', (source, wanted) => {
    expect(faultOf(source)).toContain(wanted);
  });

  it('have no button in a subject', () => {
    expect(faultOf('{{#button}}Go{{/button}}', 'subject')).toContain('no button here');
  });

  it('never let a value become markup, a field or a button', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('{{store}}', '\uE000x\uE001', '<b>', '{{#button}}x{{/button}}', '\n\n'),
    );
    fc.assert(
      fc.property(text, text, (name, note) => {
        const mail = layOwn(
          { subject: 'Hi {{name}}', body: `{{name}}\n\n{{items}}${button}` },
          'order.confirmed',
          { locale: 'en', link: 'https://a.example/', values: { name, items: note } },
        );
        expect(mail?.html.match(/<a /g)).toHaveLength(1);
        const inner = mail?.html.replace(
          /<\/?(p|a|br|div|bdi|span|body|html|head|meta|title)\b[^<>]*>/g,
          '',
        );
        expect(inner?.replace('<!doctype html>', '')).not.toMatch(/[<>]/);
        expect(mail?.subject).not.toMatch(/[\r\n]/);
      }),
    );
  });

  it('read any text or name a line of it', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('{{', '}}', '{{name}}', '{{#if name}}', '{{else}}', '{{/if}}', '\n', button),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const source = pieces.join('');
        const fault = faultOf(source);
        const line = fault === 'none' ? 1 : Number.parseInt(fault, 10);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(source.split('\n').length);
      }),
    );
  });

  it.each(mailKinds.flatMap(({ kind }) => mailLanguages.map((locale) => [kind, locale] as const)))(
    'say what the first-party words of %s in %s say',
    (kind, locale) => {
      const words = findMailKind(kind)?.words(locale);
      if (!words) throw new Error(kind);
      const place = {
        locale,
        link: 'https://a.example/',
        values: { ...sampleValues, store: 'Kiln' },
      };
      const own = layOwn(templateOf(words), kind, place);
      const ours = layMail(words, place);
      expect(own?.subject).toBe(ours.subject);
      expect(own?.text).toBe(ours.text);
      expect(own?.subject + String(own?.text)).not.toMatch(/[{}]/);
    },
  );
});
