'use strict';

// messages.js sets window.BELLHOP, and sets it anew when it is loaded again.
// Its values are data of orders, hostile ones among them: they enter the page as
// text and attributes only, never as markup.

const KB = 1024;
const DIMENSIONS = ['type', 'locale', 'fixture'];
const ALL = 'all';

const byId = (id) => document.getElementById(id);
const count = (number, noun) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
const localeName = (tag) => new Intl.DisplayNames('en', { type: 'language' }).of(tag);
const initial = (name) => [...name.trim()][0]?.toUpperCase() ?? '';

let data;
let choice;
const openFolds = new Set();

// The choice: one value, or all, of each dimension. It lives in the address.

const values = (dimension) => ({
  type: data.types,
  locale: data.locales.map(({ tag }) => tag),
  fixture: data.fixtures.map(({ name }) => name),
})[dimension];

const matches = (message, wanted) =>
  DIMENSIONS.every((dimension) => wanted[dimension] === ALL || wanted[dimension] === message[dimension]);
const isOverview = (wanted) => DIMENSIONS.some((dimension) => wanted[dimension] === ALL);
const exists = (wanted) => data.messages.some((message) => matches(message, wanted));
const address = (wanted) => '#' + DIMENSIONS.map((dimension) => encodeURIComponent(wanted[dimension])).join('/');

function readAddress() {
  const parts = location.hash.slice(1).split('/').map((part) => {
    try { return decodeURIComponent(part); } catch { return part; }
  });
  return Object.fromEntries(DIMENSIONS.map((dimension, index) => {
    const known = values(dimension);
    const part = parts[index];
    return [dimension, part === ALL || known.includes(part) ? part : known[0]];
  }));
}

function choose(dimension, value) {
  const wanted = { ...choice, [dimension]: value };
  // Not every type has every fixture.
  if (!exists(wanted)) {
    wanted.fixture = values('fixture').find((fixture) => exists({ ...wanted, fixture })) ?? wanted.fixture;
  }
  location.hash = address(wanted);
}

// The messages of the chosen locale, in the order of the switches.
function sequence() {
  const { locale } = choice;
  return data.types
    .flatMap((type) => values('fixture').map((fixture) => ({ type, locale, fixture })))
    .filter(exists);
}

// Templates.

const languageOf = ({ locale }) => ({ lang: locale, dir: data.locales.find(({ tag }) => tag === locale).dir });

// A copy of a template: texts by data-text, texts or parts instead of slots. What
// carries data-words is in the message's language and direction.
function stamp(id, { texts = {}, slots = {}, message } = {}) {
  const copy = byId(id).content.cloneNode(true);
  for (const node of copy.querySelectorAll('[data-text]')) node.textContent = texts[node.dataset.text] ?? '';
  if (message) {
    for (const node of copy.querySelectorAll('[data-words]')) Object.assign(node, languageOf(message));
  }
  for (const slot of copy.querySelectorAll('slot')) slot.replaceWith(...(slots[slot.name] ?? [texts[slot.name] ?? '']));
  return copy.firstElementChild;
}

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

const nothing = (words) => element('p', { className: 'nothing' }, words);

// Web addresses become links, as on a phone; all else stays text.
function linked(text) {
  return text.split(/(https?:\/\/\S*[^\s.,;:!?)])/).map((part, index) => (
    index % 2 ? element('a', { href: part, target: '_blank', rel: 'noreferrer' }, part) : part
  ));
}

function meter(label, value, part) {
  const node = stamp('meter', { texts: { label, value } });
  node.classList.toggle('over', part > 1);
  node.querySelector('i').style.width = `${Math.min(part, 1) * 100}%`;
  return node;
}

function facts(pairs) {
  return element('dl', { className: 'facts' }, ...pairs.flatMap(([name, words]) => [
    element('dt', {}, name), element('dd', {}, ...[words].flat()),
  ]));
}

// A fold that the reader opened stays open for the next message.
function fold(label, ...content) {
  const node = stamp('fold', { texts: { label }, slots: { content } });
  node.open = openFolds.has(label);
  node.addEventListener('toggle', () => openFolds[node.open ? 'add' : 'delete'](label));
  return node;
}

function now(message) {
  return new Intl.RelativeTimeFormat(message.locale, { numeric: 'auto' }).format(0, 'second');
}

// The parts of a message, as the customer sees them.

function inbox(message) {
  const { from, subject, preheader } = message.email;
  // Inboxes show the name alone.
  const name = from.replace(/\s*<[^<>]*>\s*$/, '').replace(/^"(.*)"$/, '$1') || from;
  const texts = { from: name, initial: initial(name), subject, preheader, now: now(message) };
  return stamp('inbox', { message, texts });
}

function frame(message, title) {
  const node = stamp('frame', { message });
  const version = data.version === undefined ? '' : `?${encodeURIComponent(data.version)}`;
  Object.assign(node.firstElementChild, { title, src: message.email.html + version });
  return node;
}

function headers({ from, subject, preheader, headers: more = [] }) {
  return facts([['From', from], ['Subject', subject], ['Preheader', preheader], ...more]);
}

function emailSize({ bytes }) {
  const limit = data.limits.email;
  const clipped = bytes > limit ? ': Gmail clips it' : '';
  return meter('HTML part', `${(bytes / KB).toFixed(1)} of Gmail’s ${limit / KB} KB${clipped}`, bytes / limit);
}

function bubble(message) {
  return stamp('bubble', { message, slots: { words: linked(message.sms.text) } });
}

function smsSize({ encoding, segments, units, room }) {
  return meter(`${count(segments, 'segment')}, ${encoding}`, `${units} of ${count(room, 'unit')}`, units / room);
}

function card(message, platform) {
  const { title, body, image } = message.push;
  const node = stamp('card', { message, texts: { title, body, shop: data.shop, now: now(message) } });
  node.classList.add(platform);
  const picture = node.querySelector('.image');
  if (image) {
    picture.src = image;
    picture.onerror = () => picture.replaceWith(
      element('span', { className: 'image missing', role: 'img', ariaLabel: 'The image did not load' }),
    );
  } else {
    picture.remove();
  }
  return node;
}

function pushSize({ platforms }, name) {
  const bytes = platforms.find((platform) => platform.name === name)?.bytes;
  if (bytes === undefined) return [];
  const label = { fcm: 'FCM payload', apns: 'APNs payload' }[name];
  const limit = data.limits.push;
  return [meter(label, `${bytes.toLocaleString('en')} of ${count(limit, 'byte')}`, bytes / limit)];
}

function lockScreen(message, platform, payload) {
  const { push, locale } = message;
  if (!push) return [nothing('No push')];
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format();
  const pairs = [['Opens', push.link ? linked(push.link) : 'the app']];
  if (push.image) pairs.push(['Image', linked(push.image)]);
  return [
    stamp('lock', { message, texts: { day }, slots: { card: [card(message, platform)] } }),
    ...pushSize(push, payload), facts(pairs),
  ];
}

function thread(message) {
  const { sms } = message;
  if (!sms) return [nothing('No SMS')];
  const sender = sms.sender || 'Number chosen by the carrier';
  const texts = { sender, initial: initial(sms.sender || '#') };
  return [stamp('thread', { message, texts, slots: { bubble: [bubble(message)] } }), smsSize(sms)];
}

function mail(message, device) {
  const { email } = message;
  if (!email) return [nothing('No e-mail')];
  const parts = [inbox(message), frame(message, `The e-mail on a ${device}`)];
  if (device === 'phone') return [...parts, emailSize(email)];
  const text = element('pre', { ...languageOf(message), tabIndex: 0 }, email.text);
  return [...parts, fold('Text part', text), fold('Headers', headers(email))];
}

function single(message) {
  return stamp('message', {
    slots: {
      'phone-mail': mail(message, 'phone'),
      'desktop-mail': mail(message, 'desktop'),
      sms: thread(message),
      ios: lockScreen(message, 'ios', 'apns'),
      android: lockScreen(message, 'android', 'fcm'),
    },
  });
}

function summary(message) {
  const node = stamp('summary', {
    texts: { name: DIMENSIONS.map((dimension) => message[dimension]).join(' · ') },
    slots: {
      email: message.email ? [inbox(message), emailSize(message.email)] : [nothing('No e-mail')],
      sms: message.sms ? [bubble(message), smsSize(message.sms)] : [nothing('No SMS')],
      push: message.push ? [card(message, 'ios'), ...pushSize(message.push, 'apns')] : [nothing('No push')],
    },
  });
  node.querySelector('a').href = address(message);
  return node;
}

// The page around it.

function showSwitches() {
  for (const group of document.querySelectorAll('[data-choice]')) {
    const dimension = group.dataset.choice;
    const wanted = [ALL, ...values(dimension)];
    const inputs = () => [...group.querySelectorAll('input')];
    // Made anew only if the values changed, so that the focus stays where it is.
    if (inputs().map(({ value }) => value).join('\n') !== wanted.join('\n')) {
      group.replaceChildren(...wanted.map((value) => element(
        'label', { title: hint(dimension, value) },
        element('input', { type: 'radio', name: dimension, value }), value === ALL ? 'All' : value,
      )));
    }
    for (const input of inputs()) {
      input.checked = input.value === choice[dimension];
      input.disabled = dimension === 'fixture' && !input.checked && !exists({ ...choice, fixture: input.value });
      if (input.checked) centre(input.parentElement, group);
    }
  }
}

function hint(dimension, value) {
  if (dimension === 'locale' && value !== ALL) return localeName(value);
  if (dimension === 'fixture') return data.fixtures.find(({ name }) => name === value)?.about ?? '';
  return '';
}

// To the middle of its row, where that scrolls. scrollIntoView would scroll the page as well.
function centre(label, group) {
  group.scrollLeft = label.offsetLeft - group.offsetLeft - (group.clientWidth - label.offsetWidth) / 2;
}

function showSteps(found) {
  const all = sequence();
  const at = isOverview(choice) ? -1 : all.findIndex((message) => matches(message, choice));
  byId('position').textContent = at < 0 ? count(found.length, 'message') : `${at + 1} of ${all.length}`;
  for (const [id, step] of [['previous', at - 1], ['next', at + 1]]) {
    if (at >= 0 && all[step]) byId(id).href = address(all[step]);
    else byId(id).removeAttribute('href');
  }
}

function showTitle() {
  const { type, locale, fixture } = choice;
  const names = [
    type === ALL ? 'Every type' : type,
    locale === ALL ? 'every locale' : localeName(locale),
    fixture === ALL ? 'every fixture' : fixture,
  ];
  byId('chosen').textContent = names.join(' · ');
  byId('about').textContent = hint('fixture', fixture);
  byId('shop').textContent = data.shop;
  document.title = `${names.join(' · ')} · Preview`;
}

function showFailures() {
  const failures = data.failures ?? [];
  byId('failures').hidden = failures.length === 0;
  byId('failures-title').textContent = `${count(failures.length, 'message')} could not be rendered`;
  byId('failures').querySelector('ul').replaceChildren(...failures.map((words) => element('li', {}, words)));
}

function show() {
  data = window.BELLHOP;
  if (!data) {
    byId('shown').replaceChildren(nothing('messages.js is missing. Write the folder anew with “cargo bellhop preview”.'));
    return;
  }
  choice = readAddress();
  const found = data.messages.filter((message) => matches(message, choice));
  showSwitches();
  showSteps(found);
  showTitle();
  showFailures();
  // New iframes each time: to navigate an old one would add to the history.
  byId('shown').replaceChildren(...(
    found.length === 0 ? [nothing('This type has no such fixture.')]
      : found.map(isOverview(choice) ? summary : single)
  ));
}

// While the folder is watched, messages.js is loaded again every second, by a
// script element, since a page from disk may not fetch.
function watch() {
  if (window.BELLHOP?.watch !== true) return;
  const script = element('script', { src: `messages.js?${Date.now()}` });
  script.onload = script.onerror = () => {
    script.remove();
    if (window.BELLHOP.version !== data.version) show();
    setTimeout(watch, 1000);
  };
  document.head.append(script);
}

// Scrollbars of some systems take room; the frames get it on top, so that the
// e-mail is laid out at the phone's width.
function measureScrollbar() {
  const box = element('div', { style: 'position: absolute; width: 100px; overflow: scroll; visibility: hidden' });
  document.body.append(box);
  document.documentElement.style.setProperty('--scrollbar', `${box.offsetWidth - box.clientWidth}px`);
  box.remove();
}

document.addEventListener('change', ({ target }) => {
  const dimension = target.closest('[data-choice]')?.dataset.choice;
  if (dimension) choose(dimension, target.value);
});
document.addEventListener('keydown', (event) => {
  const id = { ArrowLeft: 'previous', ArrowRight: 'next' }[event.key];
  // Arrows on a switch or in a scrolling box have a meaning already.
  if (!id || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest('input, pre, .frame')) return;
  byId(id).click();
});
window.addEventListener('hashchange', show);

measureScrollbar();
show();
watch();
