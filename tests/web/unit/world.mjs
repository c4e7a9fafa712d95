// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/* A world for the parts with time, chance, storage and a network in them. */

/** Time that moves when told to. */
export class FakeWorld {
  constructor() {
    this.time = 1767225600000;
    /** How far somebody has set the time of day. */
    this.shift = 0;
    this.timers = new Map();
    this.serial = 0;
  }

  now() {
    return this.time + this.shift;
  }

  /** Another start than the time of day has, as in browsers. */
  clock() {
    return this.time - 1767225600000;
  }

  random() {
    return 0.5;
  }

  secret() {
    this.serial += 1;
    return this.serial.toString(16).padStart(32, '0');
  }

  setTimeout(run, ms) {
    this.serial += 1;
    this.timers.set(this.serial, { run, at: this.time + ms });
    return this.serial;
  }

  clearTimeout(id) {
    this.timers.delete(id);
  }

  /** Runs what is due within @ms, in its order. */
  advance(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.timers]
        .filter(([, timer]) => timer.at <= end)
        .sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      const [id, timer] = due;
      this.timers.delete(id);
      this.time = Math.max(this.time, timer.at);
      timer.run();
    }
    this.time = end;
  }
}

/** Links that the test opens, feeds and breaks by hand. */
export class FakeNet {
  constructor() {
    this.links = [];
    this.open = (events) => {
      const link = {
        events,
        sent: [],
        isClosed: false,
        hurries: 0,
        send(text) {
          this.sent.push(JSON.parse(text));
        },
        close() {
          this.isClosed = true;
        },
        hurry() {
          this.hurries += 1;
        },
        give(frame) {
          events.frame(JSON.stringify(frame));
        },
      };
      this.links.push(link);
      return link;
    };
  }

  get last() {
    return this.links[this.links.length - 1];
  }
}

/** Storage as browsers have it. */
export class FakeStorage {
  constructor() {
    this.items = new Map();
  }

  getItem(key) {
    return this.items.get(key) ?? null;
  }

  setItem(key, value) {
    this.items.set(key, String(value));
  }

  removeItem(key) {
    this.items.delete(key);
  }
}

/** Web Locks of one origin: as much of them as slots need. */
export class FakeLocks {
  constructor() {
    this.held = new Map();
  }

  /** Never at once, as in browsers. */
  async request(name, options, hold) {
    await null;
    const holder = this.held.get(name);
    if (!holder || options.steal) {
      if (holder) holder.reject(new Error('AbortError'));
      return this.grant(name, hold);
    }
    if (options.ifAvailable) return hold(null);
    return new Promise((resolve, reject) => {
      options.signal.addEventListener('abort', () => reject(new Error('AbortError')));
      holder.released.then(() => this.grant(name, hold).then(resolve, reject));
    });
  }

  grant(name, hold) {
    return new Promise((resolve, reject) => {
      const holder = { reject, released: null };
      this.held.set(name, holder);
      holder.released = Promise.resolve(hold({ name })).then(() => {
        if (this.held.get(name) === holder) this.held.delete(name);
        resolve();
      });
    });
  }
}

/** Lets everything promised so far happen. */
export function settle() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
