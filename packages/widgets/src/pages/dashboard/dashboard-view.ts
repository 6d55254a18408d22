import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ConnectionState } from "../../live/connection.js";
import { formatCount } from "../../render/format-number.js";
import { OVERLAY_LINKS, overlayUrl, type OverlayLink } from "./overlay-links.js";
import type { StreamEntry } from "./streams.js";

/** Everything that the page shows. */
export interface DashboardState {
  /** Undefined until the first answer. */
  readonly streams: readonly StreamEntry[] | undefined;
  /** The server did not answer the last time. */
  readonly isUnreachable: boolean;
  readonly selectedId: string | undefined;
  readonly connection: ConnectionState;
  /** The overlay whose address was just copied. */
  readonly copied: string | undefined;
  readonly origin: string;
  readonly locale: string;
}

export interface DashboardActions {
  readonly select: (streamId: string, event: Event) => void;
  readonly copy: (url: string) => void;
  readonly follow: (state: ConnectionState) => void;
}

export function dashboardView(state: DashboardState, actions: DashboardActions): TemplateResult {
  const { streams, selectedId } = state;
  const hasNothing = selectedId === undefined;
  return html`
    ${header(state)}
    <div class="layout">
      ${streams === undefined || streams.length === 0 ? nothing : streamList(state, actions)}
      <main>${hasNothing ? welcome(state) : stage(state, selectedId, actions)}</main>
    </div>
  `;
}

function header({ isUnreachable }: DashboardState): TemplateResult {
  return html`<header class="top">
    <a class="brand" href="/">
      <img src="/assets/mark.svg" alt="" width="32" height="32" />
      <span>Telemetra</span>
    </a>
    ${isUnreachable ? html`<span class="warning" role="status">The server does not answer; trying again</span>` : nothing}
    <nav aria-label="Site">
      <a href="#overlays">Overlays</a>
      <a href="/docs">API</a>
    </nav>
  </header>`;
}

function streamList(
  { streams = [], selectedId, locale }: DashboardState,
  { select }: DashboardActions,
): TemplateResult {
  const liveCount = streams.filter(({ isLive }) => isLive).length;
  return html`<nav class="streams" aria-label="Streams">
    <h2>Streams <span>${liveCount} live</span></h2>
    <ul>
      ${repeat(
        streams,
        ({ streamId }) => streamId,
        (stream) =>
          html`<li>
            <a
              href="?stream=${encodeURIComponent(stream.streamId)}"
              aria-current=${stream.streamId === selectedId ? "page" : "false"}
              @click=${(event: Event) => select(stream.streamId, event)}
            >
              <span class="dot" ?data-live=${stream.isLive}></span>
              <span class="name">${stream.name}</span>
              <span class="viewers">${stream.isLive ? formatCount(stream.viewerCount, locale) : "ended"}</span>
              <span class="about">${stream.category ?? stream.title ?? stream.streamId}</span>
            </a>
          </li>`,
      )}
    </ul>
  </nav>`;
}

function stage(state: DashboardState, streamId: string, actions: DashboardActions): TemplateResult {
  const stream = state.streams?.find((entry) => entry.streamId === streamId);
  return html`
    <section class="title" aria-label="Stream">
      <div>
        <h1>${stream?.name ?? streamId}</h1>
        <p>${about(stream, streamId)}</p>
      </div>
      ${badge(stream, state.connection)}
    </section>
    <tm-source
      server=${state.origin}
      stream=${streamId}
      @tm-state=${(event: HTMLElementEventMap["tm-state"]) => actions.follow(event.state)}
    >
      <div class="widgets">
        <tm-pulse-bar></tm-pulse-bar>
        <tm-chat-flow minutes="10"></tm-chat-flow>
        <section class="panel emotes" aria-label="Emotes">
          <h2>Emotes <span>last minute</span></h2>
          <tm-emote-cloud></tm-emote-cloud>
        </section>
        <section class="panel moments" aria-label="Moments">
          <h2>Moments</h2>
          <tm-moments-timeline max="20"></tm-moments-timeline>
        </section>
      </div>
    </tm-source>
    ${overlays(state, streamId, actions)}
  `;
}

function about(stream: StreamEntry | undefined, streamId: string): string {
  if (stream === undefined) return `No event of “${streamId}” has been seen yet; this page starts with the first one.`;
  return [stream.title, stream.category].filter(Boolean).join(" · ") || stream.streamId;
}

const CONNECTION_WORDS: Readonly<Record<ConnectionState, string>> = {
  idle: "Not connected",
  connecting: "Connecting",
  live: "Live",
  stale: "Stale",
  waiting: "Reconnecting",
  offline: "Offline",
  ended: "Disconnected",
};

function badge(stream: StreamEntry | undefined, connection: ConnectionState): TemplateResult {
  const isEnded = connection === "live" && stream !== undefined && !stream.isLive;
  const isWaiting = connection === "live" && stream === undefined;
  const words = isEnded ? "Stream ended" : isWaiting ? "Waiting" : CONNECTION_WORDS[connection];
  const tone = connection !== "live" ? "warn" : isEnded || isWaiting ? "calm" : "live";
  return html`<span class="badge" data-tone=${tone} role="status">${words}</span>`;
}

function overlays(state: DashboardState, streamId: string, { copy }: DashboardActions): TemplateResult {
  return html`<section class="panel overlays" id="overlays" aria-label="Overlays">
    <h2>Overlays <span>Add as a browser source in OBS; size in pixels at 1080p</span></h2>
    <ul>
      ${OVERLAY_LINKS.map((link) => overlayRow(link, overlayUrl(link.widget, streamId, state.origin), state, copy))}
    </ul>
  </section>`;
}

function overlayRow(
  { label, about: words, width, height }: OverlayLink,
  url: string,
  { copied }: DashboardState,
  copy: DashboardActions["copy"],
): TemplateResult {
  return html`<li>
    <div class="what">
      <strong>${label}</strong>
      <span>${words}</span>
    </div>
    <span class="size">${width} × ${height}</span>
    <code>${url}</code>
    <span class="buttons">
      <button type="button" @click=${() => copy(url)} aria-label="Copy the address of ${label}">
        ${copied === url ? "Copied" : "Copy"}
      </button>
      <a class="button" href=${url} target="_blank" rel="noopener">Open</a>
    </span>
  </li>`;
}

function welcome({ streams, isUnreachable, origin }: DashboardState): TemplateResult {
  if (streams === undefined) {
    return html`<section class="welcome">
      <h1>${isUnreachable ? "The server does not answer" : "Loading"}</h1>
      <p>${isUnreachable ? "This page tries again every few seconds." : ""}</p>
    </section>`;
  }
  const event = `{"type":"chat","event_id":"hello-1","timestamp":${Date.now()},"stream_id":"my-channel","user_id":"1","username":"me","message":"Hello"}`;
  return html`<section class="welcome">
    <h1>No stream yet</h1>
    <p>The first event of a stream makes it appear here. Send one:</p>
    <pre><code>curl ${origin}/api/v1/events -H 'content-type: application/json' -d '${event}'</code></pre>
    <p>or start the server with streams of its own: <code>npm start</code> simulates some.</p>
    <p><a class="button" href="/docs">All about events</a></p>
  </section>`;
}
