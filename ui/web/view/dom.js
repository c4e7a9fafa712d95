// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Making elements. Text goes in as text: nothing here, or anywhere in the page, parses markup.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {string | Node | null} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean>} [attributes] true: present, false: absent
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, value);
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** The one icon set: strokes on a 24 px grid. @type {Record<string, string[]>} */
const ICONS = {
  people: [
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z',
    'M2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6',
    'M16 4.4a3.5 3.5 0 0 1 0 6.4',
    'M18 14.3c2.2.8 3.5 2.9 3.5 5.7',
  ],
  leave: ['M10 4H5v16h5', 'M14 8l4 4-4 4', 'M18 12H9'],
  // Points: lines without length, drawn by their round ends.
  more: ['M12 5v.01', 'M12 12v.01', 'M12 19v.01'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  screen: ['M4 5h16v11H4Z', 'M9 20h6'],
  sound: ['M4 9.5v5h3.5L12 19V5L7.5 9.5Z', 'M15.5 9a4.5 4.5 0 0 1 0 6', 'M18 6.5a8 8 0 0 1 0 11'],
  pencil: ['M4 20l1-4.5L15.5 5 19 8.5 8.5 19Z', 'M13 7.5l3.5 3.5'],
  share: ['M12 15V4', 'M8 7.5L12 3.5l4 4', 'M7 11H5v9h14v-9h-2'],
  save: ['M12 4v11', 'M7.5 11L12 15.5l4.5-4.5', 'M5 19.5h14'],
  copy: ['M9 9h11v11H9Z', 'M15 9V4H4v11h5'],
  at: ['M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z', 'M16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  send: ['M12 19V5', 'M5.5 11.5L12 5l6.5 6.5'],
  down: ['M12 5v14', 'M5.5 12.5L12 19l6.5-6.5'],
  clock: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z', 'M12 7v5l3.5 2'],
  alert: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z', 'M12 7.5v5.5', 'M12 16.3v.2'],
  question: [
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
    'M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8',
    'M12 16.6v.2',
  ],
  lock: ['M5.5 11h13v9h-13Z', 'M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11'],
  chat: ['M4 5h16v11H11l-4.5 4v-4H4Z', 'M8 9.2h8', 'M8 12h5'],
  unlink: [
    'M3 9c5.2-4.6 12.8-4.6 18 0',
    'M6.5 13c3.2-2.7 7.8-2.7 11 0',
    'M12 17.8v.2',
    'M4 20L20 4',
  ],
};

/** Those with a side to them: the other way round where the page runs from right to left. */
const TURNED = new Set(['leave', 'sound', 'chat']);

/** @param {string} name of ICONS @returns {SVGElement} hidden from screen readers */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}${TURNED.has(name) ? ' turned' : ''}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/**
 * @param {string} label @param {string} className @param {() => void} onClick
 * @param {...Child} children the label's text if none
 */
export function button(label, className, onClick, ...children) {
  const isIcon = children.length > 0;
  const element = h(
    'button',
    isIcon
      ? { type: 'button', class: className, 'aria-label': label, title: label }
      : { type: 'button', class: className },
    ...(isIcon ? children : [label]),
  );
  element.addEventListener('click', onClick);
  return element;
}

/** Changes an element's text only if it is another, so that screen readers stay quiet.
 * @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {HTMLElement} element @param {boolean} shown */
export function setShown(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** @param {Element} element that had the focus @returns {boolean} whether it cannot have it any more */
export function isFocusLost(element) {
  return !element.isConnected || element.getClientRects().length === 0;
}

/** Whether a field may take the focus unasked: on touch, a keyboard would jump up. */
export function isForKeys() {
  return matchMedia('(hover: hover) and (pointer: fine)').matches;
}

/** @param {string} name @returns {string} the first character people would say it begins with */
export function initialOf(name) {
  if ('Segmenter' in Intl) {
    const [first] = new Intl.Segmenter().segment(name);
    return first ? first.segment.toLocaleUpperCase() : '';
  }
  return [...name][0].toLocaleUpperCase();
}
