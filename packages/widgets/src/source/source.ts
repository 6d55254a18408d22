import { css, html, LitElement, type CSSResultGroup, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { resolveAddress } from "../live/address.js";
import type { ConnectionState } from "../live/connection.js";
import { TmMomentEvent, TmStateEvent } from "../live/events.js";
import type { Feed } from "../live/feed.js";
import { ServerFeed } from "../live/server-feed.js";
import { StreamStore, type StoreChange } from "../live/stream-store.js";
import { isSourceRequest, SOURCE_READY } from "./context.js";

/** Makes the feed of a source from its attributes; a test or a page may bring its own. */
export type FeedFactory = (source: Source) => Feed | Promise<Feed>;

/**
 * Holds the one connection that all widgets inside or beside it share.
 *
 * @tag tm-source
 * @attr {string} server - Address of a Telemetra server; the page's own when left out
 * @attr {string} stream - Stream id to follow
 * @attr {boolean} demo - Plays a seeded demo inside the page; no server is asked
 * @attr {string} twitch - Reserved: reading a Twitch channel without a server
 * @slot - Widgets and anything else; takes no room of its own
 * @event {TmStateEvent} tm-state - The connection changed; bubbles
 * @event {TmMomentEvent} tm-moment - A moment opened, grew or closed; bubbles
 */
export class Source extends LitElement {
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
  `;

  @property() server: string | undefined;
  @property() stream: string | undefined;
  @property({ type: Boolean }) demo = false;
  @property() twitch: string | undefined;

  /** What is known of the stream; read it, subscribe to it, never write it. */
  readonly store = new StreamStore();

  /** For tests and pages with frames of their own; set it before the element is connected. */
  createFeed: FeedFactory | undefined;

  #feed: Feed | undefined;
  /** Grows with every restart, so that a feed which was slow to load knows that it is no longer wanted. */
  #generation = 0;

  constructor() {
    super();
    this.store.subscribe((change) => this.#announce(change));
    this.addEventListener("context-request", (event) => {
      if (!isSourceRequest(event)) return;
      event.stopPropagation();
      event.callback(this);
    });
  }

  get state(): ConnectionState {
    return this.store.state;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.#feed === undefined) void this.#restart();
    this.dispatchEvent(new Event(SOURCE_READY, { bubbles: true, composed: true }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Being moved is a disconnect and a connect in one go: only who stays away lets go of the socket.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  /** Every attribute says which frames to bring, so any change of one starts over. */
  protected override updated(): void {
    void this.#restart();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  async #restart(): Promise<void> {
    this.#stop();
    this.store.reset();
    const generation = this.#generation;
    let feed: Feed | undefined;
    try {
      feed = await this.#makeFeed();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#refuse(error instanceof Error ? error.message : String(error));
      return;
    }
    if (feed === undefined || generation !== this.#generation || !this.isConnected) return;
    this.#feed = feed;
    feed.start();
  }

  #stop(): void {
    this.#generation += 1;
    this.#feed?.stop();
    this.#feed = undefined;
  }

  #makeFeed(): Feed | Promise<Feed> | undefined {
    if (this.createFeed !== undefined) return this.createFeed(this);
    if (this.twitch !== undefined) {
      throw new Error('twitch="…" is not supported yet; use server="…" and stream="…", or demo');
    }
    if (this.demo) return loadDemo(this.store);
    if (!this.stream) {
      this.store.setState("idle", 'no stream chosen; add stream="…" or demo');
      return undefined;
    }
    const base = globalThis.location?.href;
    const address = resolveAddress(this.server ?? "/", this.stream, base);
    return new ServerFeed({ address, sink: this.store });
  }

  #refuse(reason: string): void {
    console.error(`<tm-source>: ${reason}`);
    this.store.setState("ended", reason);
  }

  #announce(change: StoreChange): void {
    const options = { bubbles: true, composed: true };
    if (change.type === "state") this.dispatchEvent(new TmStateEvent(change.state, change.reason, options));
    if (change.type === "moment") this.dispatchEvent(new TmMomentEvent(change.moment, change.phase, options));
  }
}

/** The demo is a file of its own: nobody pays for it who does not play it. */
async function loadDemo(store: StreamStore): Promise<Feed> {
  const { DemoFeed } = await import("../demo/demo-feed.js");
  return new DemoFeed({ sink: store });
}

declare global {
  interface HTMLElementTagNameMap {
    "tm-source": Source;
  }
}
