import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumPath, noChromium } from './chromium.ts';

/** A page in the browser, and what it did. */
export interface OpenPage {
  page: Page;
  /** Addresses of all requests, its own first. */
  requests: string[];
  /** Errors and warnings in its console, and exceptions. */
  complaints: string[];
}

/** A headless browser with a folder for pages. */
export interface HeadlessBrowser {
  /** Opens HTML as a file, without a network. */
  open(html: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** Chromium's sandbox does not start for root, as which containers run. */
const rootArguments = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

async function openIn(browser: Browser, file: string, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    offline: true,
    ...options,
  });
  const page = await context.newPage();
  const opened: OpenPage = { page, requests: [], complaints: [] };
  page.on('request', (request) => void opened.requests.push(request.url()));
  page.on('pageerror', ({ message }) => void opened.complaints.push(message));
  page.on('console', (told) => {
    if (['error', 'warning'].includes(told.type())) opened.complaints.push(told.text());
  });
  await page.goto(pathToFileURL(file).href);
  return opened;
}

/** Starts the browser of this machine. */
export async function startBrowser(): Promise<HeadlessBrowser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error(noChromium);
  const folder = await mkdtemp(join(tmpdir(), 'rosactl-browser-'));
  const browser = await chromium.launch({ executablePath, args: rootArguments() });
  let pages = 0;
  return {
    open: async (html, options = {}) => {
      pages += 1;
      const file = join(folder, `${pages}.html`);
      await writeFile(file, html);
      return openIn(browser, file, options);
    },
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}
