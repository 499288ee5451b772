// Choosing an option: the link's page is fetched and its regions put in place, so prices stay the server's.
let latest = 0;

document.addEventListener('click', async (event) => {
  const link = event.target.closest('[data-choice]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const mine = ++latest;
  const label = link.closest('[role=group]').getAttribute('aria-label');
  const value = link.firstChild.textContent;
  try {
    const answer = await fetch(link.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(`The page answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (mine !== latest) return;
    for (const region of document.querySelectorAll('[data-swap]')) {
      const fresh = page.querySelector(`[data-swap="${region.dataset.swap}"]`);
      if (!fresh || same(region, fresh)) continue;
      const quantity = region.querySelector('input[name=quantity]')?.value;
      region.replaceChildren(...fresh.childNodes);
      const input = region.querySelector('input[name=quantity]');
      if (quantity && input) input.value = quantity;
    }
    history.replaceState(history.state, '', link.href);
    focusChoice(label, value);
  } catch {
    location.href = link.href;
  }
});

/** Tokens differ from answer to answer; what the shopper sees does not. */
function same(a, b) {
  const text = (node) => node.innerHTML.replace(/name="_csrf" value="[^"]*"/, '');
  return text(a) === text(b);
}

function focusChoice(label, value) {
  for (const link of document.querySelectorAll('[data-choice]'))
    if (
      link.closest('[role=group]').getAttribute('aria-label') === label &&
      link.firstChild.textContent === value
    )
      link.focus();
}
