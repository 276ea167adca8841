/** The frame of every page a browser gets: head, styles, scripts; rendered on the server, escaped by default. */
import type { ComponentChildren, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Language } from '../language.js';

export interface PageFrame {
  readonly language: Language;
  readonly title: string;
  /** Addresses under /assets. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  readonly bodyClass?: string;
  readonly children?: ComponentChildren;
}

export const Layout = ({ language, title, styles = [], scripts = [], bodyClass, children }: PageFrame) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#0a5c66" />
      <title>{title}</title>
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/assets/base.css" />
      {styles.map((href) => (
        <link key={href} rel="stylesheet" href={href} />
      ))}
      {scripts.map((src) => (
        <script key={src} type="module" src={src} />
      ))}
    </head>
    <body {...(bodyClass ? { class: bodyClass } : {})}>{children}</body>
  </html>
);

/** The whole document as text. */
export const renderPage = (page: JSX.Element): string => `<!doctype html>${renderToString(page)}`;
