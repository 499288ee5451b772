// Choosing a variant and adding to the bag without leaving the page; the form works the plain way when anything fails.
const find = (query, root = document) => root.querySelector(query);

document.addEventListener('change', ({ target }) => {
  const form = target.closest('form[data-add]');
  const chosen = target.matches('select') ? target.selectedOptions[0] : target;
  const { price, title, out, variant, sums } = chosen?.dataset ?? {};
  if (!form) return;
  const places = sums ? form.querySelectorAll('[data-sum]') : [];
  for (const [at, place] of places.entries()) place.textContent = sums.split('|')[at];
  if (price === undefined) return;
  for (const place of document.querySelectorAll('[data-price-out]')) place.textContent = price;
  const reduced = document.querySelector(`[data-block="${chosen.value}"]`);
  for (const place of document.querySelectorAll('[data-block-out]')) {
    if (reduced) place.replaceChildren(...reduced.cloneNode(true).childNodes);
    else if (place.dataset.blockOut === 'cut') place.textContent = '';
    else place.replaceChildren(Object.assign(document.createElement('b'), { textContent: price }));
  }
  for (const place of document.querySelectorAll('[data-picked]')) place.textContent = title;
  for (const stock of document.querySelectorAll('[data-stock]'))
    stock.hidden = stock.dataset.stock !== chosen.value;
  for (const button of document.querySelectorAll('[data-buy]')) {
    button.disabled = Boolean(out);
    find('[data-buy-text]', button).textContent = button.dataset[out ? 'outText' : 'addText'];
  }
  const now = find('[data-now]', form);
  if (now) now.disabled = Boolean(out);
  find('[data-say]', form).textContent = [title, price, out && find('[data-buy]').dataset.outText]
    .filter(Boolean)
    .join(', ');
  if (find('[data-own-page]')) history.replaceState(history.state, '', variant);
});

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('[data-add]') || event.submitter?.matches('[data-now]')) return;
  event.preventDefault();
  const button = event.submitter ?? find('[type=submit]', form);
  button.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' },
    });
    const body = await answer.json();
    const blamed = blame(form, body.errors);
    if (!answer.ok) return blamed || say(body.description);
    say();
  } catch {
    return form.submit();
  } finally {
    button.removeAttribute('aria-busy');
  }
  countBag(form.action.replace(/\/add$/, '.js')).catch(() => {});
});

/** Says at the fields of the gift form what is wrong, and whether anything is; without errors it takes that back. */
function blame(form, errors) {
  const fields = [...form.elements].filter(({ dataset }) => dataset.gift);
  for (const field of fields) {
    const [fault = ''] = errors?.[field.dataset.gift] ?? [];
    field.setAttribute('aria-invalid', String(fault !== ''));
    document.getElementById(field.getAttribute('aria-describedby')).textContent = fault;
  }
  const first = fields.find((field) => field.getAttribute('aria-invalid') === 'true');
  if (!first) return false;
  first.closest('[data-gift-form]').open = true;
  first.focus();
  return true;
}

/** Writes the number of things in the bag beside it; what was added stays added when this fails. */
async function countBag(address) {
  const bag = await (await fetch(address)).json();
  const count = new Intl.NumberFormat(document.documentElement.lang).format(bag.item_count);
  for (const place of document.querySelectorAll('[data-bag]')) place.textContent = count;
}

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-toast-close]')) find('[data-toast]').hidePopover();
});

/** Shows the toast with a text, or with the theme's own words for success. */
function say(problem) {
  const toast = find('[data-toast]');
  const text = find('[data-toast-text]', toast);
  toast.showPopover();
  find('a', toast).style.display = problem === undefined ? '' : 'none';
  text.textContent = problem === undefined ? text.dataset.added : problem || text.dataset.failed;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => toast.hidePopover(), 8000);
}
