// Filters and sorting without a new page: the same address is fetched as one section and put in place.
let latest = 0;

function address(form) {
  const query = new URLSearchParams(
    [...new FormData(form)].filter(([, value]) => value !== ''),
  ).toString();
  return query === '' ? form.action : `${form.action}?${query}`;
}

// The sheet was open already: it must not come in once more.
function reopen(sheet) {
  if (!sheet) return;
  sheet.style.transition = 'none';
  sheet.showPopover();
  sheet.getBoundingClientRect();
  sheet.style.removeProperty('transition');
}

async function show(url) {
  const mine = ++latest;
  const place = document.querySelector('[data-list]').closest('[data-section-id]');
  const sheet = document.getElementById('facets')?.matches(':popover-open');
  const folds = new Set(
    [...document.querySelectorAll('[data-facet-id]')].flatMap((fold) =>
      fold.open ? [fold.dataset.facetId] : [],
    ),
  );
  const { name, value, id } = document.activeElement ?? {};
  place.setAttribute('aria-busy', 'true');
  try {
    const joint = url.includes('?') ? '&' : '?';
    const answer = await fetch(`${url}${joint}section_id=${place.dataset.sectionId}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const inner = fresh.querySelector('[data-section-id]') ?? fresh.body;
    if (mine !== latest) return;
    if (!inner.querySelector('[data-list]')) throw new Error('no list');
    place.replaceChildren(...inner.childNodes);
    history.replaceState(history.state, '', url);
    for (const fold of place.querySelectorAll('[data-facet-id]'))
      fold.open = folds.has(fold.dataset.facetId);
    if (sheet) reopen(document.getElementById('facets'));
    if (name)
      [...place.querySelectorAll('[name]')]
        .find((one) => one.name === name && (one.type !== 'checkbox' || one.value === value))
        ?.focus();
    else if (id) document.getElementById(id)?.focus();
  } catch {
    location.href = url;
  } finally {
    place.removeAttribute('aria-busy');
  }
}

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-facet]')) show(address(event.target.form));
});

document.addEventListener('submit', (event) => {
  if (!event.target.matches('[data-facets]')) return;
  event.preventDefault();
  document.getElementById('facets')?.hidePopover?.();
  show(address(event.target));
});

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-facet-link]');
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  show(link.href);
});
