// Adding to the bag and changing it without leaving the page. When anything fails, the form is sent the plain way.
const sectionOf = (node) => node?.closest('[data-section-id]');
const drawer = () => document.getElementById('cart-drawer');
const say = (detail) => document.dispatchEvent(new CustomEvent('say', { detail }));

/** The sections that show the bag on this page, by id. */
function shown() {
  const nodes = [
    drawer(),
    document.querySelector('#cart-form, .cartp'),
    document.querySelector('[data-bag]'),
  ];
  return new Map(
    nodes.map(sectionOf).flatMap((node) => (node ? [[node.dataset.sectionId, node]] : [])),
  );
}

/** Puts fresh markup in place; the sheet stays open and the focus stays where it was. */
function swap(sections) {
  const places = shown();
  const focused = document.activeElement?.id;
  for (const [id, html] of Object.entries(sections)) {
    const place = places.get(id);
    if (!place || typeof html !== 'string') continue;
    const fresh = new DOMParser().parseFromString(html, 'text/html').body;
    const sheet = place.querySelector('#cart-drawer');
    const inner = fresh.querySelector('#cart-drawer');
    const bag = fresh.querySelector('[data-bag]');
    if (sheet && inner) sheet.replaceChildren(...inner.childNodes);
    else if (bag) place.querySelector('[data-bag]').replaceChildren(...bag.childNodes);
    else place.replaceChildren(...(fresh.firstElementChild ?? fresh).childNodes);
  }
  if (focused) document.getElementById(focused)?.focus();
  // What had the focus is gone with its line: the sheet takes it, so that the keyboard stays inside.
  if (drawer()?.matches(':popover-open') && !drawer().contains(document.activeElement))
    drawer().focus();
}

async function send(url, body) {
  body.set('sections', [...shown().keys()].join(','));
  body.set('sections_url', location.pathname);
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' },
  });
  const said = await answer.json();
  if (!answer.ok)
    throw Object.assign(new Error('refused'), { said: said.description, errors: said.errors });
  if (said.sections) return swap(said.sections);
  // What was asked for is done: never send it twice, show it some other way.
  await refresh().catch(() =>
    location.assign(document.querySelector('[data-bag-open], [data-bag]').closest('a').href),
  );
}

async function refresh() {
  const ids = [...shown().keys()].join(',');
  const answer = await fetch(`${location.pathname}?sections=${ids}`);
  if (answer.ok) swap(await answer.json());
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  // Enter in a quantity: the field's own change is on its way already.
  if (form.matches('[data-cart]') && event.submitter?.name === 'update') event.preventDefault();
  if (!form.matches('[data-cart-add]')) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector('[type=submit]');
  button.setAttribute('aria-busy', 'true');
  try {
    await send(form.action, new URLSearchParams(new FormData(form)));
    blame(form);
    if (document.querySelector('[data-bag-open]') && drawer()) drawer().showPopover();
    else say('added');
  } catch (error) {
    if (error.said === undefined) return form.submit();
    say(error.said || 'failed');
    blame(form, error.errors);
  } finally {
    button.removeAttribute('aria-busy');
  }
});

/** Says at the fields of the gift form what is wrong with them; without errors it takes that back. */
function blame(form, errors) {
  const fields = [...form.elements].filter(({ dataset }) => dataset.gift);
  for (const field of fields) {
    const [fault = ''] = errors?.[field.dataset.gift] ?? [];
    field.setAttribute('aria-invalid', String(fault !== ''));
    document.getElementById(field.getAttribute('aria-describedby')).textContent = fault;
  }
  const first = fields.find((field) => field.getAttribute('aria-invalid') === 'true');
  if (!first) return;
  first.closest('[data-gift-form]').open = true;
  first.focus();
}

/** Changes one line; the form's own action is the plain way. */
async function change(form, key, quantity) {
  form.setAttribute('aria-busy', 'true');
  try {
    await send(form.action, new URLSearchParams([[`updates[${key}]`, quantity]]));
  } catch (error) {
    if (error.said !== undefined) say(error.said || 'failed');
    else form.submit();
  } finally {
    form.removeAttribute('aria-busy');
  }
}

document.addEventListener('change', (event) => {
  const { line } = event.target.dataset;
  if (line) change(event.target.form, line, event.target.value);
});

document.addEventListener('click', (event) => {
  const set = event.target.closest('[data-set-line]');
  if (set) {
    event.preventDefault();
    change(set.form, set.dataset.setLine, set.value);
  }
  const open = event.target.closest('[data-bag-open]');
  const plain = event.metaKey || event.ctrlKey || event.shiftKey;
  if (open && drawer() && !plain && !document.getElementById('cart-form')) {
    event.preventDefault();
    drawer().showPopover();
  }
});
