// SPDX-FileCopyrightText: 2026 The Hubbub developers
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * WebKitGTK: its MiniBrowser, driven by WebKitWebDriver, which has one session and that one profile:
 * a process of each for every person, and an X server of their own.
 *
 * Its warning is a bar above the page, which the driver does not know: xdotool presses its button.
 * Windows are never narrower than 334 pixels, which the tests' 320 become. It tells nobody what its
 * console says, so that its pages have no complaints.
 */

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

import { Builder, By, Capabilities, Key } from 'selenium-webdriver';

import { makeFolder } from '../e2e/harness.mjs';
import { savedFile } from './downloads.mjs';
import { EnginePage, until } from './page.mjs';

/** Where it is depends on the architecture: run.py has looked. */
const BROWSER = process.env.HUB_TEST_MINIBROWSER;
const LOCALE = '/usr/lib/locale/C.utf8';
const SYSTEM_CAS = '/etc/ssl/certs/ca-certificates.crt';

/** From the end of the window to the middle of the button that lets a certificate pass. */
const YES_PX = 42;
/** Languages in which the bar with the question is the other way round, if GTK has their words. */
const MIRRORED = /^(?:ar|fa|he|ur)\b/;
/** No person is quicker with it. */
const PRESS_PAUSE_MS = 400;
/** A press on that button is not repeated before. */
const PRESS_PATIENCE_MS = 3000;

/** What the driver calls keys; others are characters. */
const KEYS = { Enter: Key.ENTER, Escape: Key.ESCAPE, Tab: Key.TAB, End: Key.END };

class WebKitPage extends EnginePage {
  /** @param {object} person its session, in which one window at a time hears what is said */
  constructor(person, handle) {
    super('webkit');
    this.person = person;
    this.handle = handle;
    this.url = '';
  }

  /** Does @action in the window of this page, after what others of the same person do. */
  inWindow(action) {
    const { person } = this;
    const turn = person.last.then(async () => {
      if (person.current !== this.handle)
        await person.driver.switchTo().window((person.current = this.handle));
      return action(person.driver);
    });
    person.last = turn.catch(() => {});
    return turn;
  }

  load(url) {
    this.url = url;
    return this.inWindow((driver) => driver.get(url));
  }

  /** What was there before the warning stays there until it is answered. */
  async passWarning() {
    let since = Date.now();
    const look = () => {
      if (window.isOld) return 'old';
      return document.querySelector('#app') ? 'page' : 'nothing';
    };
    await until(
      async () => {
        // Only a person's first window has nothing else above the page; the others come after it.
        if (this.handle === this.person.first && (await this.letPass())) since = Date.now();
        const found = await this.evaluate(look);
        // Neither: a load that another one ends takes the question of that away.
        if (found === 'nothing' && Date.now() - since > PRESS_PATIENCE_MS) {
          await this.load(this.url);
          since = Date.now();
        }
        return found === 'page';
      },
      () => this.tell('a page'),
    );
  }

  /** How high the bar with the question is, and how wide. */
  async findQuestion() {
    const { width, height } = await this.inWindow((driver) => driver.manage().window().getRect());
    return { width, bar: height - (await this.evaluate(() => window.innerHeight)) };
  }

  /** Answers the question with a yes. @returns whether there was one */
  async letPass() {
    const { width, bar } = await this.findQuestion();
    if (bar <= 0) return false;
    // A press while the connection is still being closed ends the next load with it.
    await new Promise((resolve) => {
      setTimeout(resolve, PRESS_PAUSE_MS);
    });
    const { person } = this;
    const yes = person.isMirrored ? YES_PX : width - YES_PX;
    const press = ['mousemove', String(yes), String(bar / 2), 'click', '1'];
    // Back to where it was: nothing of the page is pointed at.
    execFileSync('xdotool', [...press, 'mousemove', 'restore'], { env: person.env });
    const end = Date.now() + PRESS_PATIENCE_MS;
    while ((await this.findQuestion()).bar > 0) {
      if (Date.now() < end) continue;
      // It is at the other end.
      person.isMirrored = !person.isMirrored;
      break;
    }
    return true;
  }

  reload() {
    return this.inWindow((driver) => driver.navigate().refresh());
  }

  back() {
    return this.inWindow((driver) => driver.navigate().back());
  }

  evaluate(fn, ...args) {
    return this.inWindow((driver) => driver.executeScript(`return (${fn})(...arguments)`, ...args));
  }

  press(target) {
    return this.inWindow((driver) => driver.findElement(By.css(target)).click());
  }

  type(target, text) {
    return this.inWindow((driver) => driver.findElement(By.css(target)).sendKeys(text));
  }

  key(name, { ctrl = false, shift = false } = {}) {
    return this.inWindow(async (driver) => {
      const held = [...(ctrl ? [Key.CONTROL] : []), ...(shift ? [Key.SHIFT] : [])];
      const actions = driver.actions();
      for (const each of held) actions.keyDown(each);
      actions.keyDown(KEYS[name] ?? name).keyUp(KEYS[name] ?? name);
      for (const each of held) actions.keyUp(each);
      await actions.perform();
    });
  }

  async setViewport({ width, height }) {
    await this.inWindow((driver) =>
      driver.manage().window().setRect({ x: 0, y: 0, width, height }),
    );
    await this.waitFor((high) => window.innerHeight === high, height);
  }

  async screenshot() {
    return Buffer.from(await this.inWindow((driver) => driver.takeScreenshot()), 'base64');
  }

  saved(action) {
    return savedFile(this.person.downloads, action);
  }

  async newTab() {
    const { person } = this;
    const handle = await this.inWindow(async (driver) => {
      await driver.switchTo().newWindow('window');
      return (person.current = await driver.getWindowHandle());
    });
    // It has a toolbar and the size that it likes, unlike the first.
    return new WebKitPage(person, handle);
  }

  close() {
    return this.inWindow(async (driver) => {
      await driver.close();
      this.person.current = '';
    });
  }
}

/** A program; stop: ends it. */
function start(command, args, how) {
  const child = spawn(command, args, how);
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  const stop = async () => {
    child.kill();
    await gone;
  };
  return { child, gone, stop };
}

async function startDisplay(stops) {
  const args = ['-displayfd', '1', '-screen', '0', '1300x900x24', '-nolisten', 'tcp'];
  const { child, gone, stop } = start('Xvfb', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  stops.push(stop);
  const line = await Promise.race([
    new Promise((resolve) => {
      child.stdout.once('data', resolve);
    }),
    gone,
  ]);
  return `:${String(line).trim()}`;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** What a person's programs find around them. */
function makeEnvironment(home, display, locale) {
  // It speaks the language of the C library, to which that of C is any by another name.
  const locales = path.join(home, 'locales');
  const lang = `${locale.replace('-', '_')}.UTF-8`;
  mkdirSync(locales);
  symlinkSync(LOCALE, path.join(locales, lang));
  const config = path.join(home, '.config');
  const runtime = path.join(home, 'run');
  mkdirSync(config);
  mkdirSync(runtime, { mode: 0o700 });
  mkdirSync(path.join(home, 'downloads'));
  writeFileSync(path.join(config, 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/downloads"\n');
  return {
    ...process.env,
    // Written by processes that may outlive the browser for a moment.
    MESA_SHADER_CACHE_DISABLE: 'true',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    GSETTINGS_BACKEND: 'memory',
    HOME: home,
    LANGUAGE: '',
    LC_ALL: lang,
    LIBGL_ALWAYS_SOFTWARE: '1',
    LOCPATH: locales,
    NO_AT_BRIDGE: '1',
    // Mesa's software renderer crashed under what the engine let it draw when a window got another size.
    WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1',
    XDG_CONFIG_HOME: config,
    XDG_RUNTIME_DIR: runtime,
  };
}

/* The engine trusts what the system trusts. In a mount namespace that is what we like. */
function trustingCommand(home, ca) {
  if (!ca) return [];
  const bundle = path.join(home, 'bundle.pem');
  writeFileSync(bundle, readFileSync(SYSTEM_CAS) + readFileSync(ca));
  const user = process.getuid() === 0 ? [] : ['--user', '--map-root-user'];
  const mount = `mount --bind ${bundle} ${SYSTEM_CAS}`;
  const unshare = ['unshare', ...user, '--mount', 'sh', '-c'];
  execFileSync(unshare[0], [...unshare.slice(1), mount]);
  return [...unshare, `${mount} && exec "$@"`, 'sh'];
}

async function startSession(url, isDark) {
  await until(
    () => fetch(`${url}/status`),
    () => 'WebKitWebDriver',
  );
  // Full screen means without a toolbar: the page gets all of the window.
  const args = ['--automation', '--full-screen', ...(isDark ? ['--dark-mode'] : [])];
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    acceptInsecureCerts: false,
    'webkitgtk:browserOptions': { binary: BROWSER, args },
  });
  return new Builder().usingServer(url).withCapabilities(capabilities).build();
}

export async function startWebKit(t, { ca, isDark, locale }) {
  const home = makeFolder(t);
  const stops = [];
  // Hooks run in the order they were added, these have to end the other way round.
  t.after(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const newPerson = async ({ viewport }) => {
    const folder = path.join(home, String(stops.length));
    mkdirSync(folder);
    const display = await startDisplay(stops);
    const port = await freePort();
    const [command, ...args] = [
      ...trustingCommand(folder, ca),
      ...['WebKitWebDriver', '--host=127.0.0.1', `--port=${port}`],
    ];
    const env = makeEnvironment(folder, display, locale);
    stops.push(start(command, args, { stdio: 'inherit', env }).stop);
    const driver = await startSession(`http://127.0.0.1:${port}`, isDark);
    stops.push(() => driver.quit());
    const first = await driver.getWindowHandle();
    const downloads = path.join(folder, 'downloads');
    const isMirrored = MIRRORED.test(locale);
    const there = { first, current: first, downloads, isMirrored };
    const person = { driver, env, ...there, last: Promise.resolve() };
    const page = new WebKitPage(person, first);
    await page.setViewport(viewport);
    return page;
  };
  return { newPerson };
}
