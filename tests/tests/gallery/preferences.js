'use strict';

// Looks at the pages where customers choose, as phones show them, and uses their forms. The
// frame lets no script of theirs run.

const WIDTHS = [320, 390, 600];

const problems = [];
let looks = 0;

// Follows what `act` does in a frame to the page that it leads to.
function leads(frame, act) {
  return new Promise((opened) => {
    frame.addEventListener('load', () => opened(frame.contentDocument), { once: true });
    act();
  });
}

async function open(url) {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-same-origin allow-forms';
  frame.style.cssText = 'width:390px;height:844px;border:0';
  await leads(frame, () => {
    frame.src = url;
    document.body.append(frame);
  });
  return frame;
}

function lookAt(frame, name, locale) {
  const page = frame.contentDocument;
  const root = page.documentElement;
  const style = (element) => frame.contentWindow.getComputedStyle(element);
  const wrong = (problem) => problems.push(`${name} in ${locale}: ${problem}`);
  looks += 1;
  if (root.lang !== locale) wrong(`says it is in ${root.lang}`);
  const direction = locale === 'ar' ? 'rtl' : 'ltr';
  if (style(page.body).direction !== direction) wrong(`is not laid out ${direction}`);
  if (page.scripts.length) wrong('has a script');
  if (!page.querySelector('h1')?.textContent.trim()) wrong('has no heading');
  for (const width of WIDTHS) {
    frame.style.width = `${width}px`;
    if (root.scrollWidth > root.clientWidth) wrong(`is ${root.scrollWidth} px wide on ${width} px`);
    for (const target of page.querySelectorAll('label, button')) {
      // A style that the header refuses makes them small.
      if (target.getBoundingClientRect().height < 44) wrong(`has a small target on ${width} px`);
    }
  }
  frame.style.width = '390px';
  frame.style.colorScheme = 'dark';
  const [red, green, blue] = style(page.body).backgroundColor.match(/\d+/g).map(Number);
  if (red + green + blue > 200) wrong('is bright in the dark');
  frame.style.colorScheme = '';
}

const box = (page, id) => page.querySelector(`input[name=on][value="${id}"]`);

async function send(frame) {
  await leads(frame, () => frame.contentDocument.querySelector('button').click());
  return frame.contentDocument;
}

async function useForms() {
  const expect = (holds, what) => {
    if (!holds) problems.push(what);
  };
  let frame = await open(`${LINKS.page}?l=en`);
  let page = frame.contentDocument;
  // By its label, as fingers do.
  box(page, 'order_updates.sms').closest('label').click();
  box(page, 'reviews.push').closest('label').click();
  page = await send(frame);
  expect(page.querySelector('[role=status]'), 'saving says nothing');
  expect(!box(page, 'order_updates.sms').checked, 'what was unticked is ticked');
  expect(box(page, 'order_updates.email').checked, 'what was left ticked is not');
  for (const channel of ['email', 'push']) box(page, `order_updates.${channel}`).click();
  page = await send(frame);
  expect(page.querySelector('[role=alert]'), 'the last channel can be switched off');
  frame.remove();

  frame = await open(`${LINKS.unsubscribe}?l=en`);
  page = await send(frame);
  expect(page.querySelector('[role=status]'), 'unsubscribing says nothing');
  expect(!page.querySelector('form'), 'there is a button still');
  frame.remove();
}

async function look() {
  for (const locale of LINKS.locales) {
    for (const name of ['page', 'unsubscribe', 'forged']) {
      const frame = await open(`${LINKS[name]}?l=${locale}`);
      lookAt(frame, name, locale);
      frame.remove();
    }
  }
  await useForms();
}

addEventListener('load', async () => {
  await look().catch((error) => problems.push(String(error.stack)));
  await fetch('/seen', { method: 'POST', body: JSON.stringify({ looks, problems }) });
});
