/* global Idiomorph */
// Runs in the browser in `caravel theme dev` only: takes changes of the theme and puts them into the page.
(() => {
  const page = document.currentScript.dataset.page;
  const kept = `caravel-scroll:${location.pathname}`;

  const fields = (root) => [...root.querySelectorAll('input, textarea, select')];
  const keyOf = (field) => field.id || `${field.form?.id ?? ''}|${field.name}|${field.type}`;

  /** What a shopper did to a section: typed, ticked, opened. */
  const stateOf = (root) => ({
    values: fields(root)
      .filter((field) => field.type !== 'file' && field.type !== 'password')
      .map((field) => ({
        key: keyOf(field),
        value: field.value,
        checked: field.checked,
        touched:
          field.type === 'checkbox' || field.type === 'radio'
            ? field.checked !== field.defaultChecked
            : field.tagName !== 'SELECT' && field.value !== field.defaultValue,
      })),
    open: [...root.querySelectorAll('details')].map((details) => details.open),
  });

  const restore = (root, { values, open }) => {
    for (const field of fields(root)) {
      const was = values.find(({ key, touched }) => touched && key === keyOf(field));
      if (!was) continue;
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = was.checked;
      else if (field.value !== was.value) field.value = was.value;
    }
    for (const [at, details] of [...root.querySelectorAll('details')].entries()) {
      if (open[at] !== undefined) details.open = open[at];
    }
  };

  const morph = (id, html) => {
    const element = document.querySelector(`[data-section-id="${CSS.escape(id)}"]`);
    if (!element) return location.reload();
    const state = stateOf(element);
    const [made] = Idiomorph.morph(element, html, {
      morphStyle: 'outerHTML',
      ignoreActiveValue: true,
      restoreFocus: true,
    });
    const now = made instanceof Element ? made : document.getElementById(`s-${id}`);
    if (!now) return undefined;
    restore(now, state);
    const detail = { sectionId: id };
    now.dispatchEvent(new CustomEvent('hbt:section:load', { bubbles: true, detail }));
    return undefined;
  };

  const restyle = (styles) => {
    const own = [...document.querySelectorAll('style')].filter(
      (style) => !style.closest('[data-section-id]'),
    );
    for (const [at, text] of styles.entries()) {
      if (own[at] && own[at].textContent !== text) own[at].textContent = text;
    }
  };

  /** The new sheet is there before the old one goes, so that nothing is ever without style. */
  const relink = (address) => {
    const stem = address.replace(/\.[0-9a-f]{16}\.css$/, '.');
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const href = old.getAttribute('href') ?? '';
      if (href === address || !href.startsWith(stem)) continue;
      const next = old.cloneNode();
      next.removeAttribute('integrity');
      next.href = address;
      next.addEventListener('load', () => old.remove());
      old.after(next);
    }
  };

  const reload = () => {
    sessionStorage.setItem(kept, JSON.stringify([scrollX, scrollY]));
    location.reload();
  };

  const scroll = sessionStorage.getItem(kept);
  if (scroll) {
    sessionStorage.removeItem(kept);
    addEventListener('load', () => scrollTo(...JSON.parse(scroll)));
  }

  const events = new EventSource(`/_caravel/events?page=${page}`);
  let lost = false;
  events.addEventListener('error', () => {
    lost = true;
  });
  // A command that was started anew knows nothing of this page.
  events.addEventListener('open', () => lost && reload());
  const take = (patch) => {
    if (patch === null) return undefined;
    if (patch.kind === 'reload') return reload();
    // What the shopper did since the page was made stands in cookies that no script sees.
    if (patch.kind === 'ask')
      return fetch(`/_caravel/patch?page=${page}`)
        .then((answer) => (answer.ok ? answer.json() : { kind: 'reload' }))
        .then(take);
    if (patch.styles) restyle(patch.styles);
    for (const address of patch.links) relink(address);
    for (const [id, html] of Object.entries(patch.sections)) morph(id, html);
    document.documentElement.dataset.caravelPatched = String(performance.now());
    return undefined;
  };
  events.addEventListener('message', ({ data }) => take(JSON.parse(data)));
})();
