import { LitElement, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import type { StoreChange } from "../live/stream-store.js";
import { usableLocale } from "../render/locale.js";
import type { StoreOwner } from "./context.js";
import { SourceController, type SourceHost } from "./source-controller.js";

/** What the four widgets share: how they find their source, and the language of their numbers. */
export abstract class StreamWidget extends LitElement implements SourceHost {
  /** Id of the `<tm-source>` to follow; without it the one around or beside the widget. */
  @property() for: string | undefined;
  /** A source as an object, for frameworks. */
  @property({ attribute: false }) source: StoreOwner | undefined;

  protected readonly internals: ElementInternals = this.attachInternals();
  protected readonly live = new SourceController(this, this.internals, (change) => this.onStoreChange(change));

  /** The language that numbers are written in: the nearest `lang`, then the browser's. */
  protected get locale(): string {
    return usableLocale(this.closest<HTMLElement>("[lang]")?.lang, globalThis.navigator?.language);
  }

  /** Told of every change of the store, before the redraw that it causes. */
  protected onStoreChange(_change: StoreChange): void {}

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("for") || changed.has("source")) this.live.find();
  }
}
