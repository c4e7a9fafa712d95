// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Where somebody is in the conversation: at its end, or at a line further up. Whatever happens to the
 * size of the page, or above that line, the place stays the same; only the reader's own scrolling
 * makes it another.
 */

/** This close to the end counts as being there, CSS px. */
const END_SLACK = 48;

export class Place {
  /**
   * @param {HTMLElement} scroller
   * @param {(top: number) => Element | null} rowAt  the first row that ends below a height of the
   *   viewport, CSS px
   * @param {() => void} onMoved  somebody scrolled, or what can be seen is another part
   */
  constructor(scroller, rowAt, onMoved) {
    this.scroller = scroller;
    this.rowAt = rowAt;
    this.onMoved = onMoved;
    this.isAtEnd = true;
    /** More follows below what can be scrolled to: its end is not the conversation's. */
    this.isCut = false;
    /** The line somebody reads. @type {Element | null} */
    this.row = null;
    /** Of that line what is out of sight: a share of it, or where it begins below, CSS px. */
    this.share = 0;
    this.below = 0;
    this.lastTop = 0;
    this.width = 0;
    this.height = 0;
    scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
  }

  /** How far it is to the end of what can be scrolled to, CSS px. */
  get left() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  get isEndInSight() {
    return !this.isCut && this.left < END_SLACK;
  }

  /**
   * Changes with the elements in it: what is laid out at last is not as high as it was taken for.
   * @param {Element} rows
   */
  follow(rows) {
    const observer = new ResizeObserver(() => {
      const isOther = this.isResized();
      this.width = this.scroller.clientWidth;
      this.height = this.scroller.clientHeight;
      if (this.isAtEnd || isOther) this.keep();
      this.onMoved();
    });
    observer.observe(this.scroller);
    observer.observe(rows);
  }

  isResized() {
    return this.width !== this.scroller.clientWidth || this.height !== this.scroller.clientHeight;
  }

  onScroll() {
    const { scrollTop } = this.scroller;
    // Browsers scroll by themselves where lines wrap anew, and say so before they tell of the size,
    // at which the place is found again.
    if (this.isResized()) return;
    // Our own scrolling tells nothing; and only moving up leaves the end, which may have moved away
    // itself, under new words, before the event comes.
    const isOurs = Math.abs(scrollTop - this.lastTop) < 1;
    if (this.isEndInSight) this.isAtEnd = true;
    else if (scrollTop < this.lastTop && !isOurs) this.isAtEnd = false;
    if (!isOurs) this.hold();
    this.lastTop = scrollTop;
    this.onMoved();
  }

  /** The line that is at the top is the one to be kept there. */
  hold() {
    if (this.isAtEnd) return;
    const { top } = this.scroller.getBoundingClientRect();
    this.row = this.rowAt(top);
    if (!this.row) return;
    const box = this.row.getBoundingClientRect();
    this.share = box.top < top ? (top - box.top) / box.height : 0;
    this.below = Math.max(0, box.top - top);
  }

  /** Back to the place, once what is around it was drawn or has another size. */
  keep() {
    if (this.isAtEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (!this.row || !this.row.isConnected) this.hold();
    else {
      const box = this.row.getBoundingClientRect();
      const { top } = this.scroller.getBoundingClientRect();
      const moved = box.top + this.share * box.height - this.below - top;
      // Less is rounding: to correct it would be to drift.
      if (Math.abs(moved) >= 1) this.scroller.scrollTop += moved;
    }
    this.lastTop = this.scroller.scrollTop;
  }

  get isThere() {
    return this.isAtEnd || (this.row !== null && this.row.isConnected);
  }

  toStart() {
    this.scroller.scrollTop = 0;
    this.leaveEnd();
  }

  toEnd() {
    this.isAtEnd = true;
    this.keep();
  }

  /** From here on further up. */
  leaveEnd() {
    this.isAtEnd = false;
    this.hold();
  }
}
