// Adding to the bag without leaving the page. When anything fails, the form is sent the plain way or the reason is said.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('[data-cart-add]')) return;
  event.preventDefault();
  const button = form.querySelector('[type=submit]');
  button.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' },
    });
    const body = await answer.json();
    if (!answer.ok) return say(body.description);
    say();
    await countBag(form.action);
  } catch {
    form.submit();
  } finally {
    button.removeAttribute('aria-busy');
  }
});

/** Shows the toast with a text, or with the theme's own words for success. */
function say(problem) {
  const toast = document.querySelector('[data-toast]');
  const text = toast.querySelector('[data-toast-text]');
  toast.showPopover?.();
  text.textContent = problem === undefined ? text.dataset.added : problem || text.dataset.failed;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => toast.hidePopover?.(), 8000);
}

async function countBag(addUrl) {
  const answer = await fetch(addUrl.replace(/\/add$/, '.js'), {
    headers: { accept: 'application/json' },
  });
  const bag = await answer.json();
  const format = new Intl.NumberFormat(document.documentElement.lang);
  for (const place of document.querySelectorAll('[data-bag]'))
    place.textContent = bag.item_count > 0 ? `(${format.format(bag.item_count)})` : '';
}
