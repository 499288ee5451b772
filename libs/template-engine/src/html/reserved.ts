import type { Report } from './findings';
import { DYNAMIC, type HtmlState } from './state';

/** Properties of document that an element of this name would hide, and what scripts rely on. */
const DOCUMENT = new Set(
  (
    'body head forms images links scripts cookie location domain title documentelement defaultview ' +
    'getelementbyid getelementsbyname queryselector queryselectorall createelement addeventlistener write ' +
    'activeelement referrer currentscript implementation children firstchild parentnode'
  ).split(' '),
);
/** Elements whose name becomes a property of document. */
const NAMED = new Set(['form', 'img', 'iframe', 'embed', 'object']);
/** Methods of a form that a field of this name would hide. */
const FORM = new Set(['submit', 'requestsubmit', 'elements', 'checkvalidity', 'reportvalidity']);
/** Fields, whose name becomes a property of their form. */
const FIELDS = new Set(['input', 'button', 'select', 'textarea', 'output', 'fieldset']);

/** Reports ids and names that clobber what the platform and scripts rely on. */
export function checkReserved({ tag, attrs }: HtmlState, report: Report): void {
  for (const key of ['id', 'name']) {
    const attr = attrs.get(key);
    if (!attr) continue;
    const constant = attr.value.split(DYNAMIC)[0]!;
    const name = attr.value.toLowerCase();
    if (key === 'id' && /^(s|hbt|caravel)-/i.test(constant))
      report(
        attr.loc,
        'S_PLATFORM_ID',
        `ids that begin with ${constant.split('-')[0]}- are given by the platform`,
      );
    else if (NAMED.has(tag) && DOCUMENT.has(name))
      report(attr.loc, 'S_PLATFORM_ID', `${key}="${attr.value}" hides document.${attr.value}`);
    else if (FIELDS.has(tag) && FORM.has(name))
      report(attr.loc, 'S_PLATFORM_ID', `${key}="${attr.value}" hides ${attr.value} of its form`);
  }
}
