'use strict';

// The page works without this script. With it, times are local, the switches
// stay as they were set, and what is new appears by itself.

const FORMATS = {
  short: { hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  exact: { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
};

const parts = (page) => page.querySelectorAll('[data-live]');
const served = new Map(Array.from(parts(document), (part) => [part.id, part.outerHTML]));

function settle(within) {
  for (const time of within.querySelectorAll('time[data-show]')) {
    const at = new Date(time.dateTime);
    const format = { hourCycle: 'h23', ...FORMATS[time.dataset.show] };
    time.textContent = new Intl.DateTimeFormat('en-GB', format).format(at);
    time.title = at.toISOString();
  }
  for (const input of within.querySelectorAll('input[type=radio]')) {
    if (sessionStorage.getItem(input.name) === input.id) input.checked = true;
  }
}

function replace(part, fresh) {
  const open = new Map();
  for (const details of part.querySelectorAll('details[data-key]')) {
    open.set(details.dataset.key, details.open);
  }
  fresh = document.adoptNode(fresh);
  settle(fresh);
  for (const details of fresh.querySelectorAll('details[data-key]')) {
    details.open = open.get(details.dataset.key) ?? details.open;
  }
  const top = part.scrollTop;
  part.replaceWith(fresh);
  fresh.scrollTop = top;
}

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.pathname);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const fresh of parts(page)) {
      const html = fresh.outerHTML;
      if (served.get(fresh.id) === html) continue;
      served.set(fresh.id, html);
      replace(document.getElementById(fresh.id), fresh);
    }
    document.body.classList.remove('unconnected');
  } catch {
    document.body.classList.add('unconnected');
  }
}

async function watch() {
  await refresh();
  setTimeout(watch, 1500);
}

document.addEventListener('change', ({ target }) => {
  if (target.type === 'radio') sessionStorage.setItem(target.name, target.id);
});
settle(document);
// On a phone these stand below one another, and the message comes first.
if (matchMedia('(min-width: 721px)').matches) {
  for (const shown of document.querySelectorAll('.row[aria-current], .track.shown')) {
    shown.scrollIntoView({ block: 'nearest' });
  }
}
setTimeout(watch, 1500);
