'use strict';

// Looks at every mail as narrow phones, wide phones and programs on desktops show
// it, and at the gallery's own page, and sends what is wrong with them.

const MAIL_WIDTHS = [320, 375, 600];
const PAGES = ['#order.shipped/ar/partial', '#order.created/de/long-words', '#all/en/typical'];
const PAGE_WIDTHS = [320, 1280];

const problems = [];
let looks = 0;

function open(url, width) {
  const frame = document.createElement('iframe');
  frame.style.cssText = `width:${width}px;height:800px;border:0`;
  return new Promise((opened) => {
    frame.addEventListener('load', () => opened(frame));
    frame.src = url;
    document.body.append(frame);
  });
}

const overflows = (page) => page.scrollWidth > page.clientWidth;

async function lookAtMail(message) {
  const { html } = message.email;
  const frame = await open(html, MAIL_WIDTHS[0]);
  const page = frame.contentDocument;
  const root = page.documentElement;
  const style = (element) => frame.contentWindow.getComputedStyle(element);
  const wrong = (problem) => problems.push(`${html} ${problem}`);
  looks += 1;

  const pictures = [...page.images];
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  for (const picture of pictures) {
    if (picture.naturalWidth === 0) wrong(`holds a broken picture: ${picture.getAttribute('src')}`);
    if (!picture.hasAttribute('alt')) wrong('holds a picture without alt text');
  }

  const { dir } = BELLHOP.locales.find(({ tag }) => tag === message.locale);
  if (root.lang !== message.locale) wrong(`says it is in ${root.lang}`);
  if (style(page.querySelector('h1') ?? root).direction !== dir) wrong(`is not laid out ${dir}`);
  for (const width of MAIL_WIDTHS) {
    frame.style.width = `${width}px`;
    if (overflows(root)) wrong(`is ${root.scrollWidth} px wide on ${width} px`);
    // What stands beside each other stands in the order of reading.
    for (const [first, second] of [['.fact-label', '.fact-value'], ['.picture', '.item-title > div']]) {
      const one = page.querySelector(first);
      const row = one?.closest('tr') ?? page;
      const [a, b] = [one, row.querySelector(second)].map((node) => node?.getBoundingClientRect());
      // A label may stand above its value.
      const beside = a && b && a.bottom > b.top;
      if (beside && (a.left < b.left) !== (dir === 'ltr')) {
        wrong(`has ${first} on the wrong side of ${second} on ${width} px`);
      }
    }
  }

  frame.style.colorScheme = 'dark';
  const ground = style(page.body).backgroundColor;
  const [red, green, blue] = ground.match(/\d+/g).map(Number);
  if (red + green + blue > 200) wrong(`is ${ground} in the dark`);
  frame.remove();
}

async function lookAtPage(hash, width) {
  const frame = await open(`index.html${hash}`, width);
  const page = frame.contentDocument;
  const wrong = (problem) => problems.push(`the gallery ${hash} at ${width} px: ${problem}`);
  if (overflows(page.documentElement)) wrong(`is ${page.documentElement.scrollWidth} px wide`);
  if (!page.querySelector('.bubble')?.textContent.trim()) wrong('shows no message');
  const rtl = hash.includes('/ar/');
  const bubble = page.querySelector('.bubble');
  const direction = bubble && frame.contentWindow.getComputedStyle(bubble).direction;
  if (direction !== (rtl ? 'rtl' : 'ltr')) wrong(`shows the message ${direction}`);
  frame.remove();
}

async function look() {
  // A few at a time: while one loads, another is looked at.
  const left = [...BELLHOP.messages];
  const lookOn = async () => {
    for (let next = left.pop(); next; next = left.pop()) await lookAtMail(next);
  };
  await Promise.all(Array.from({ length: 6 }, lookOn));
  if (BELLHOP.pages !== false) {
    for (const hash of PAGES) {
      for (const width of PAGE_WIDTHS) await lookAtPage(hash, width);
    }
  }
}

addEventListener('load', async () => {
  await look().catch((error) => problems.push(String(error.stack)));
  await fetch('/seen', { method: 'POST', body: JSON.stringify({ looks, problems }) });
});
