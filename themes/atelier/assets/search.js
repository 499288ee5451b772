// Results while somebody types: the search sheet's own section, filled by the server.
let timer = 0;
let latest = 0;

async function suggest(input) {
  const place = document.querySelector('[data-found]');
  const mine = ++latest;
  const query = input.value.trim();
  if (query.length < 2) return place.replaceChildren();
  const { action } = input.form;
  const id = place.closest('[data-section-id]').dataset.sectionId;
  const asked = `q=${encodeURIComponent(query)}&section_id=${id}&resources[limit_scope]=each`;
  const answer = await fetch(`${action}/suggest?${asked}`);
  if (!answer.ok || mine !== latest) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  place.replaceChildren(...(fresh.querySelector('[data-found]')?.childNodes ?? []));
}

document.addEventListener('input', (event) => {
  if (event.target.name !== 'q' || !event.target.closest('[data-search]')) return;
  const sheet = document.getElementById('site-search');
  let input = event.target;
  if (!sheet.contains(input)) {
    sheet.showPopover();
    const own = sheet.querySelector('[name=q]');
    own.value = input.value;
    input.value = '';
    own.focus();
    input = own;
  }
  clearTimeout(timer);
  timer = setTimeout(() => suggest(input).catch(() => {}), 150);
});

// Arrows walk from the field through what was found.
document.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const sheet = event.target.closest?.('#site-search');
  if (!step || !sheet) return;
  const stops = [sheet.querySelector('[name=q]'), ...sheet.querySelectorAll('[data-hit]')];
  const next = stops[stops.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

document.addEventListener(
  'toggle',
  (event) => {
    if (event.newState === 'open' && event.target.id === 'site-search')
      event.target.querySelector('[name=q]').focus();
  },
  true,
);
