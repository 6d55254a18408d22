import "../../source/define.js";
import "../../pulse-bar/define.js";
import "../../chat-flow/define.js";
import "../../emote-cloud/define.js";
import "../../moments-timeline/define.js";
import { render } from "lit";
import { usableLocale } from "../../render/locale.js";
import { copyText } from "./copy-text.js";
import { dashboardView, type DashboardActions, type DashboardState } from "./dashboard-view.js";
import { decodeStreams, type StreamEntry } from "./streams.js";

const REFRESH_MS = 5_000;
const COPIED_FOR_MS = 2_000;

const root = document.querySelector<HTMLElement>("#app") ?? document.body;
let refreshing: ReturnType<typeof setTimeout> | undefined;
let state: DashboardState = {
  streams: undefined,
  isUnreachable: false,
  selectedId: askedFor(),
  connection: "idle",
  copied: undefined,
  origin: location.origin,
  locale: usableLocale(document.documentElement.lang, navigator.language),
};

const actions: DashboardActions = {
  select(streamId, event) {
    // A click with a key held asks for another tab, which is what the link itself is for.
    if (event instanceof MouseEvent && (event.metaKey || event.ctrlKey || event.shiftKey)) return;
    event.preventDefault();
    history.pushState(null, "", `?stream=${encodeURIComponent(streamId)}`);
    update({ selectedId: streamId });
  },
  copy(url) {
    void copyText(url).then((isCopied) => {
      if (!isCopied) return;
      update({ copied: url });
      setTimeout(() => update({ copied: undefined }), COPIED_FOR_MS);
    });
  },
  follow(connection) {
    update({ connection });
  },
};

function askedFor(): string | undefined {
  return new URLSearchParams(location.search).get("stream") || undefined;
}

function update(change: Partial<DashboardState>): void {
  state = { ...state, ...change };
  document.title = state.selectedId === undefined ? "Telemetra" : `${state.selectedId} · Telemetra`;
  render(dashboardView(state, actions), root);
}

async function readStreams(): Promise<readonly StreamEntry[]> {
  const response = await fetch("/api/v1/streams?limit=500", { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`the list of streams was answered with ${response.status}`);
  return decodeStreams(await response.json());
}

async function refresh(): Promise<void> {
  clearTimeout(refreshing);
  try {
    const streams = await readStreams();
    const first = streams[0]?.streamId;
    update({ streams, isUnreachable: false, selectedId: state.selectedId ?? first });
  } catch {
    update({ isUnreachable: true });
  }
  if (!document.hidden) refreshing = setTimeout(() => void refresh(), REFRESH_MS);
}

addEventListener("popstate", () => update({ selectedId: askedFor() ?? state.streams?.[0]?.streamId }));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void refresh();
});
update({});
void refresh();
