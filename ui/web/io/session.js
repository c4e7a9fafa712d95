// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * The conversation with the host: says hello with the seat this page holds or asks for, keeps what
 * was written until the host confirms it, and turns what the host says into actions.
 */

import {
  BYE_FRAME,
  closeReason,
  helloFrame,
  readFrame,
  sayFrame,
  whoFrame,
} from '../model/protocol.js';
import { cleanText, isUnderWay, nextRetryAt, nextToSend } from '../model/outbox.js';
import { retryDelay } from '../model/pace.js';
import { hasWords } from '../model/state.js';
import { isAlike } from '../model/text.js';
import { Connector } from './connector.js';
import { Keeper } from './keeper.js';
import { Rename } from './rename.js';

/** @typedef {import('../model/types.js').EndReason} EndReason */
/** @typedef {import('../model/store.js').Store<import('../model/types.js').State,
 *   import('../model/state.js').Action>} ChatStore */

const RETRY_HELLO_MS = 1000;
/** A list of a thousand is five answers of the host's. */
const NAMES_EVERY_MS = 60000;

export class Session {
  /**
   * @param {ChatStore} store
   * @param {import('./slots.js').Slots} slots
   * @param {import('./websocket.js').OpenLink} openLink
   * @param {import('./connector.js').World} world
   */
  constructor(store, slots, openLink, world) {
    this.store = store;
    this.slots = slots;
    this.keeper = new Keeper(slots);
    this.openLink = openLink;
    this.world = world;
    /** What says hello again after every loss. Neither: nobody has asked to join yet. */
    this.seat = { join: '', token: '' };
    this.isReady = false;
    /** A hello is under way: another one would be taken for an answer to its welcome. */
    this.isAsking = false;
    this.waits = 0;
    /** @type {Rename | null} */
    this.rename = null;
    /** The last name that was asked for instead of this one. */
    this.lastTry = { name: '', join: '' };
    /** Since when this page is out of its chat, by world.clock(). @type {number | null} */
    this.lostAt = null;
    /** When the list of people may be asked for unasked again, by world.clock(). */
    this.namesAt = 0;
    this.retryTimer = 0;
    this.helloTimer = 0;
    slots.onStolen = () => this.end('elsewhere');
    this.connector = new Connector(openLink, world, {
      opened: (kind) => this.onOpened(kind),
      frame: (text) => this.onFrame(text),
      lost: (code) => this.onLost(code),
      unreachable: () => store.dispatch({ type: 'unreachable' }),
      isAwaited: () => this.isReady && this.wantsSeat(),
    });
  }

  /** Connects at once: the name may be typed, and a seat be looked for, in the meantime. */
  async start() {
    this.connector.start();
    this.store.dispatch({ type: 'name-remembered', name: this.slots.getName() });
    const { saved, taken } = await this.slots.claim();
    if (saved) this.restore(saved);
    if (taken) this.store.dispatch({ type: 'seats-taken' });
    this.isReady = true;
    this.save();
    this.connector.hurry();
    this.sayHello();
  }

  /** @param {string} name @param {string} code '' where none is asked for */
  join(name, code) {
    const { pending, retryAt } = this.store.state.join;
    // What is asked again by itself may be corrected until its time comes.
    if (pending ? retryAt === 0 : this.msUntil(retryAt) > 0) return;
    const isRepeated = this.seat.join !== '' && this.store.state.join.name === name;
    this.seat = {
      join: isRepeated ? this.seat.join : this.world.secret(),
      token: isRepeated ? this.seat.token : '',
    };
    this.slots.rememberName(name);
    this.store.dispatch({ type: 'join', name, code });
    this.save();
    this.connector.start();
    this.connector.hurry();
    if (!pending) this.sayHello();
    if (this.isReady) void this.needSlot();
  }

  /** Comes back because the person asks for it, where the page would not have by itself. */
  goOn() {
    this.store.dispatch({ type: 'going-on' });
    this.connector.start();
  }

  /** Takes the seat of this browser away from the tab that has it. */
  async useHere() {
    this.keepName();
    this.connector.stop();
    this.isAsking = false;
    this.world.clearTimeout(this.helloTimer);
    const saved = await this.slots.take();
    this.seat = saved ? { join: saved.join, token: saved.token } : { join: '', token: '' };
    this.store.dispatch({ type: 'taken-over', saved, at: this.world.now() });
    this.save();
    this.connector.start();
    await this.needSlot();
  }

  async leave() {
    this.keepName();
    this.connector.send(BYE_FRAME);
    this.connector.stop();
    this.forget();
    this.store.dispatch({ type: 'left' });
    this.connector.start();
    await this.needSlot();
  }

  /**
   * The same conversation under another name: another seat, what is being written stays.
   * @param {string} name @param {string} code '' where none is asked for
   * @returns {Promise<import('../model/types.js').NameRefusal | null>} null: done, or not wanted any more
   */
  async changeName(name, code) {
    this.keepName();
    const { store, world } = this;
    // Asked for before, and perhaps given: the host finds that seat by its secret.
    const join = this.lastTry.name === name ? this.lastTry.join : world.secret();
    this.lastTry = { name, join };
    const rename = new Rename(
      this.openLink,
      world,
      { name, code, join },
      {
        isCalm: () => store.state.link === 'joined' && !isUnderWay(store.state.outbox),
        isCaughtUp: (lastId) => store.state.lastSeen >= lastId,
        arrived: (arrival) => this.moveTo(name, join, arrival),
      },
    );
    this.rename = rename;
    const refusal = await rename.run();
    if (this.rename === rename) this.rename = null;
    const { me, room } = store.state;
    // Taken by this very page: that seat has to go first. The code was good enough to be told so.
    if (refusal && refusal.code === 'name-taken' && me && isAlike(name, me.name)) {
      await this.leaveFor(name, code);
      return null;
    }
    if (refusal && refusal.code === 'code')
      store.dispatch({ ...room, type: 'room-known', code: true });
    this.pump();
    return refusal;
  }

  /** Change Name is not wanted any more. */
  keepName() {
    if (this.rename) this.rename.giveUp(null);
  }

  /**
   * @param {string} name @param {string} join
   * @param {import('./rename.js').Arrival} arrival
   */
  moveTo(name, join, { link, kind, frames, listen }) {
    this.rename = null;
    this.lastTry = { name: '', join: '' };
    this.connector.send(BYE_FRAME);
    this.seat = { join, token: '' };
    this.lostAt = null;
    this.slots.rememberName(name);
    this.store.dispatch({ type: 'renaming', name, code: '' });
    this.store.dispatch({ type: 'link', phase: 'open', kind });
    const events = this.connector.adopt(link);
    listen(events);
    for (const text of frames) events.frame(text);
  }

  /** @param {string} name @param {string} code '' where none is asked for */
  async leaveFor(name, code) {
    this.connector.send(BYE_FRAME);
    this.connector.stop();
    this.forget();
    this.seat = { join: this.world.secret(), token: '' };
    this.slots.rememberName(name);
    this.store.dispatch({ type: 'renaming', name, code });
    this.save();
    this.connector.start();
    await this.needSlot();
  }

  /** The slot went to another tab: whoever joins here next needs one to be kept in. */
  async needSlot() {
    if (!this.slots.isOwned && (await this.slots.claimUnused(false))) this.save();
  }

  /** @param {string} typed */
  say(typed) {
    const text = cleanText(typed);
    if (text === '') return;
    this.store.dispatch({ type: 'write', text, at: this.world.now() });
    this.pump();
  }

  /** @param {number} key */
  retry(key) {
    this.store.dispatch({ type: 'retry', key });
    this.pump();
  }

  /** @param {number} key */
  discard(key) {
    this.store.dispatch({ type: 'discard', key });
    this.pump();
  }

  /** @param {string} text */
  keepDraft(text) {
    this.store.dispatch({ type: 'draft', text });
    this.save();
  }

  /** Asks for the whole list of people, page by page. */
  askWho() {
    this.connector.send(whoFrame(0));
  }

  /** Somebody looks for a name: where the list is old it is asked for, but not at every letter. */
  lookForNames() {
    const { isListOld, roll, link } = this.store.state;
    if (!isListOld || roll || link !== 'joined' || this.msUntil(this.namesAt) > 0) return;
    this.namesAt = this.world.clock() + NAMES_EVERY_MS;
    this.askWho();
  }

  /** @param {boolean} visible @param {boolean} restored from the back/forward cache */
  setVisible(visible, restored) {
    this.store.dispatch({ type: 'visible', visible });
    if (visible) this.connector.wake(restored);
    else this.connector.hide();
  }

  /** The browser says that it has a network again, perhaps another one. */
  setOnline() {
    this.connector.doubt();
  }

  /** @param {import('../model/types.js').Saved} saved */
  restore(saved) {
    // Words alone go to whoever asks for a seat already.
    if (saved.token || !this.store.state.join.pending)
      this.seat = { join: saved.join, token: saved.token };
    this.store.dispatch({ type: 'restored', saved, at: this.world.now() });
  }

  /** @param {number} moment by world.clock(), as the state has it @returns {number} ms */
  msUntil(moment) {
    return moment - this.world.clock();
  }

  wantsSeat() {
    return this.seat.token !== '' || this.store.state.join.pending;
  }

  sayHello() {
    if (!this.isReady || !this.connector.isOpen || this.isAsking) return;
    const { state } = this.store;
    if (!this.wantsSeat() || state.link === 'joined') return;
    const { join, room, lastSeen } = state;
    this.world.clearTimeout(this.helloTimer);
    this.isAsking = true;
    this.store.dispatch({ type: 'asking' });
    this.connector.send(
      helloFrame({ ...this.seat, name: join.name, code: join.code, roomId: room.id, lastSeen }),
    );
  }

  /** @param {import('../model/types.js').LinkKind} kind */
  onOpened(kind) {
    this.isAsking = false;
    this.store.dispatch({ type: 'link', phase: 'open', kind });
    this.sayHello();
  }

  /** @param {number} code */
  onLost(code) {
    if (this.store.state.link === 'joined') this.lostAt = this.world.clock();
    this.store.dispatch({ type: 'link', phase: this.lostAt === null ? 'connecting' : 'lost' });
    const why = closeReason(code);
    // Nobody joined for long: a page that lies in some tab does not hold a connection.
    if (why === 'paused' && !this.wantsSeat()) this.connector.stop();
    else if (why) this.end(why);
  }

  /** @param {string} text */
  onFrame(text) {
    const frame = readFrame(text);
    if (!frame) return;
    if (frame.type === 'welcome') this.onWelcome(frame);
    else if (frame.type === 'ended') this.end(frame.why);
    else if (frame.type === 'refused' && frame.what === 'hello') this.onHelloRefused(frame);
    else if (frame.type === 'refused' && frame.what === 'who') this.onWhoRefused(frame);
    else this.store.dispatch({ type: 'frame', frame, at: this.world.clock() });
    const { roll } = this.store.state;
    if (frame.type === 'guests' && roll && roll.next === frame.page + 1)
      this.connector.send(whoFrame(roll.next));
    this.pump();
  }

  /** @param {import('../model/protocol.js').Welcome} frame */
  onWelcome(frame) {
    const at = this.world.now();
    const awayMs = this.lostAt === null ? 0 : this.world.clock() - this.lostAt;
    this.lostAt = null;
    this.isAsking = false;
    this.waits = 0;
    this.seat = { ...this.seat, token: frame.token };
    this.connector.settle();
    this.store.dispatch({ type: 'welcome', frame, at, awayMs });
    this.save();
  }

  /** @param {import('../model/protocol.js').Refused} frame */
  onHelloRefused(frame) {
    this.isAsking = false;
    if (frame.code === 'too-fast') return void this.putOff(frame);
    if (frame.code === 'full' && this.seat.token !== '') this.repeatHello(frame.retryAfter);
    // Who holds a seat is not asked for one: it is void, and not to be asked with again.
    if (frame.code === 'code') this.seat = { join: this.seat.join, token: '' };
    if (frame.code === 'removed') {
      this.forget();
      // What was said so far may still be read and saved.
      if (hasWords(this.store.state)) return void this.end('removed');
    }
    const { code, suggestion } = frame;
    this.store.dispatch({ type: 'refused-hello', code, suggestion });
    this.save();
  }

  /** @param {import('../model/protocol.js').Refused} frame */
  putOff({ retryAfter }) {
    const isRepeated = this.store.state.join.code === '';
    const ms = isRepeated ? this.repeatHello(retryAfter) : retryAfter + RETRY_HELLO_MS;
    this.store.dispatch({ type: 'put-off', retryAt: this.world.clock() + ms, isRepeated });
  }

  /** Each time later, and with chance: a full room is waited for by many.
   * @param {number} retryAfter ms @returns {number} ms until then */
  repeatHello(retryAfter) {
    const ms = retryAfter + RETRY_HELLO_MS + retryDelay(this.waits, this.world.random());
    this.waits += 1;
    this.world.clearTimeout(this.helloTimer);
    this.helloTimer = this.world.setTimeout(() => this.sayHello(), ms);
    return ms;
  }

  /** The list goes on where it stopped. @param {import('../model/protocol.js').Refused} frame */
  onWhoRefused({ code, retryAfter }) {
    if (code !== 'too-fast') return;
    this.world.setTimeout(() => {
      const { roll, link } = this.store.state;
      if (link === 'joined') this.connector.send(whoFrame(roll ? roll.next : 0));
    }, retryAfter || RETRY_HELLO_MS);
  }

  /** It is over and this page does not come back by itself. @param {EndReason} why */
  end(why) {
    this.keepName();
    this.connector.stop();
    this.isAsking = false;
    this.world.clearTimeout(this.helloTimer);
    if (why === 'stopped' || why === 'removed') this.forget();
    if (why === 'elsewhere') {
      this.slots.release();
      this.seat = { join: '', token: '' };
    }
    this.store.dispatch({ type: 'ended', why });
    this.save();
  }

  forget() {
    this.seat = { join: '', token: '' };
    this.lostAt = null;
    this.slots.clear();
  }

  /** Sends what may go; what is kept is written down before it leaves, so no ref is used twice. */
  pump() {
    // First: once the new seat is there, what waited for it is under way already.
    if (this.rename) this.rename.go();
    const { state } = this.store;
    const item = state.link === 'joined' ? nextToSend(state.outbox, this.world.clock()) : null;
    // What is new waits for the new name.
    if (item && (item.ref > 0 || !this.rename)) {
      const ref = item.ref || state.nextRef;
      this.store.dispatch({ type: 'sent', key: item.key, ref });
      this.save();
      this.connector.send(sayFrame(ref, item.text));
      return;
    }
    this.save();
    const retryAt = nextRetryAt(state.outbox);
    this.world.clearTimeout(this.retryTimer);
    if (retryAt > 0 && state.link === 'joined' && !this.rename)
      this.retryTimer = this.world.setTimeout(() => this.pump(), this.msUntil(retryAt));
  }

  save() {
    this.keeper.keep(this.store.state, this.seat);
  }
}
