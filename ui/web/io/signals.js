// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What the person may switch on for as long as the page is open: the screen that stays on, and a
 * sound for messages that would be missed.
 */

import { isWorthASound } from '../model/herald.js';
import { othersSince } from '../model/history.js';

/** @typedef {import('../model/types.js').State} State */

/** Two tones, Hz; each this long, s. */
const TONES = [660, 880];
const TONE_S = 0.12;
const LOUDNESS = 0.12;
/** A lively room rings, it does not rattle. */
const REST_MS = 1500;

/** Whether this browser can keep the screen on. */
export function canKeepAwake() {
  return 'wakeLock' in navigator;
}

/** Whether this browser can make a sound. */
export function canSound() {
  return 'AudioContext' in window;
}

class ScreenLock {
  /** @param {() => void} onRefused */
  constructor(onRefused) {
    this.onRefused = onRefused;
    this.isWanted = false;
    this.isAsking = false;
    /** @type {WakeLockSentinel | null} */
    this.held = null;
    // Browsers take it away whenever the page is hidden.
    document.addEventListener('visibilitychange', () => void this.follow());
  }

  /** @param {boolean} isWanted */
  set(isWanted) {
    if (this.isWanted === isWanted) return;
    this.isWanted = isWanted;
    void this.follow();
  }

  async follow() {
    if (!this.isWanted && this.held) void this.held.release();
    if (!this.isWanted || this.held || this.isAsking || document.hidden) return;
    this.isAsking = true;
    const held = await navigator.wakeLock.request('screen').catch(() => null);
    this.isAsking = false;
    if (!held) {
      // Hidden meanwhile: asked again when it is seen. Else it is the device's word.
      if (!document.hidden) this.onRefused();
      return;
    }
    this.held = held;
    held.addEventListener('release', () => {
      this.held = null;
      void this.follow();
    });
    if (!this.isWanted) void held.release();
  }
}

class Chime {
  constructor() {
    /** @type {AudioContext | null} */
    this.context = null;
    /** By performance.now(): nobody sets that. */
    this.rungAt = -REST_MS;
  }

  /** From within a click: browsers let a page sound only then. */
  prepare() {
    this.context = this.context || new AudioContext();
    void this.context.resume();
  }

  ring() {
    const { context } = this;
    const now = performance.now();
    if (!context || now - this.rungAt < REST_MS) return;
    this.rungAt = now;
    // A call, or another page's sound, may have stopped it.
    void context.resume();
    TONES.forEach((hertz, index) => {
      const start = context.currentTime + index * TONE_S;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      // Neither end is cut off: that would click.
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.01);
      volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_S);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + TONE_S);
    });
  }
}

export class Signals {
  /** @param {import('./session.js').ChatStore} store */
  constructor(store) {
    this.chime = new Chime();
    this.screen = new ScreenLock(() => store.dispatch({ type: 'wish', wishes: { awake: false } }));
    this.serial = store.state.serial;
    this.hasSound = false;
  }

  /** @param {State} state */
  update(state) {
    this.screen.set(state.wishes.awake && state.stage === 'chat' && !state.ended);
    if (state.wishes.sound && !this.hasSound) {
      this.chime.prepare();
      this.chime.ring();
    }
    this.hasSound = state.wishes.sound;
    if (this.serial === state.serial) return;
    const others = othersSince(state.entries, this.serial);
    this.serial = state.serial;
    if (isWorthASound(state, others)) this.chime.ring();
  }
}
