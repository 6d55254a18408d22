import type { LitElement, ReactiveController } from "lit";
import type { ConnectionState } from "../live/connection.js";
import { TmMomentEvent, TmStateEvent } from "../live/events.js";
import type { StoreChange, StreamStore } from "../live/stream-store.js";
import { SOURCE_READY, SourceRequestEvent, type StoreOwner } from "./context.js";

export interface SourceHost extends LitElement {
  /** Id of the `<tm-source>` to follow, in the same document or shadow root. */
  readonly for: string | undefined;
  /** The source itself, for frameworks that pass objects. */
  readonly source: StoreOwner | undefined;
}

/** What a viewer should be told about the numbers on screen. */
export const SIGNALS = ["empty", "connecting", "live", "stale", "reconnecting", "offline", "ended"] as const;
export type Signal = (typeof SIGNALS)[number];

/**
 * Finds the host's source (property `source`, then attribute `for`, then the nearest ancestor, then the first beside
 * it), keeps to it while the host is moved about, and redraws the host when the store changed.
 */
export class SourceController implements ReactiveController {
  readonly #host: SourceHost;
  readonly #internals: ElementInternals;
  readonly #onChange: ((change: StoreChange) => void) | undefined;
  #owner: StoreOwner | undefined;
  #unsubscribe: (() => void) | undefined;
  #signal: Signal | undefined;

  /** @param onChange Told of every change before the host redraws, for what is not part of the drawing. */
  constructor(host: SourceHost, internals: ElementInternals, onChange?: (change: StoreChange) => void) {
    this.#host = host;
    this.#internals = internals;
    this.#onChange = onChange;
    host.addController(this);
  }

  get store(): StreamStore | undefined {
    return this.#owner?.store;
  }

  get signal(): Signal {
    const { store } = this;
    return store === undefined ? "empty" : signalOf(store.state, store.metrics !== undefined);
  }

  hostConnected(): void {
    document.addEventListener(SOURCE_READY, this.find);
    this.find();
  }

  hostDisconnected(): void {
    document.removeEventListener(SOURCE_READY, this.find);
    this.#follow(undefined);
  }

  hostUpdate(): void {
    this.#mark();
  }

  /** Looks again; called by the host when `for` or `source` changed. */
  readonly find = (): void => {
    if (this.#host.isConnected) this.#follow(this.#lookUp());
  };

  #lookUp(): StoreOwner | undefined {
    const { source, for: id } = this.#host;
    if (source !== undefined) return source;
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    if (id) return asOwner(root.getElementById(id));
    let found: StoreOwner | undefined;
    this.#host.dispatchEvent(new SourceRequestEvent((owner) => (found = owner)));
    return found ?? asOwner(root.querySelector("tm-source"));
  }

  #follow(next: StoreOwner | undefined): void {
    if (next?.store === this.#owner?.store) return;
    this.#unsubscribe?.();
    this.#owner = next;
    this.#unsubscribe = next?.store.subscribe((change) => this.#take(change));
    this.#onChange?.({ type: "reset" });
    this.#host.requestUpdate();
  }

  #take(change: StoreChange): void {
    this.#onChange?.(change);
    if (change.type === "moment") this.#host.dispatchEvent(new TmMomentEvent(change.moment, change.phase));
    if (change.type === "state") this.#host.dispatchEvent(new TmStateEvent(change.state, change.reason));
    this.#host.requestUpdate();
  }

  /** Shows the signal as a custom state, so that pages can style `tm-pulse-bar:state(stale)`. */
  #mark(): void {
    const { signal } = this;
    if (signal === this.#signal) return;
    const { states } = this.#internals;
    for (const state of SIGNALS) states.delete(state);
    states.add(signal);
    this.#signal = signal;
  }
}

function asOwner(element: Element | null): StoreOwner | undefined {
  return element !== null && "store" in element ? (element as Element & StoreOwner) : undefined;
}

/** A connection that never brought numbers is still connecting, however often it tried. */
function signalOf(state: ConnectionState, hasNumbers: boolean): Signal {
  switch (state) {
    case "idle":
      return hasNumbers ? "ended" : "empty";
    case "connecting":
    case "waiting":
      return hasNumbers ? "reconnecting" : "connecting";
    case "live":
      return hasNumbers ? "live" : "connecting";
    default:
      return state;
  }
}
