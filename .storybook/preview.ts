import "../packages/widgets/src/index.js";
import "../packages/widgets/src/pages/theme.css";
import "./preview.css";
import type { Decorator, Preview } from "@storybook/web-components-vite";
import { html } from "lit";

/** What a widget may find behind it on a stream. */
const BACKDROPS = {
  dark: "Dark game",
  bright: "Bright game",
  noise: "Busy picture",
  checker: "Checkerboard",
  none: "Nothing",
};

/** Whole canvases, and browser sources cut to the size of a widget. */
const VIEWPORTS = {
  canvas720: { name: "OBS 1280 × 720", styles: { width: "1280px", height: "720px" } },
  canvas1080: { name: "OBS 1920 × 1080", styles: { width: "1920px", height: "1080px" } },
  canvas1440: { name: "OBS 2560 × 1440", styles: { width: "2560px", height: "1440px" } },
  source: { name: "OBS source 800 × 600", styles: { width: "800px", height: "600px" } },
  phone: { name: "Phone", styles: { width: "390px", height: "844px" } },
};

const withBackdrop: Decorator = (story, { globals }) => {
  const { backdrop } = globals as { readonly backdrop: string };
  return html`<div class="backdrop" data-backdrop=${backdrop}>${story()}</div>`;
};

const matchMedia = globalThis.matchMedia.bind(globalThis);

const preview: Preview = {
  tags: ["autodocs"],
  decorators: [withBackdrop],
  globalTypes: {
    backdrop: {
      description: "What is behind the widget",
      toolbar: {
        icon: "photo",
        dynamicTitle: true,
        items: Object.entries(BACKDROPS).map(([value, title]) => ({ value, title })),
      },
    },
    motion: {
      description: "Motion that the viewer's system asks for",
      toolbar: {
        icon: "accessibility",
        dynamicTitle: true,
        items: [
          { value: "full", title: "Full motion" },
          { value: "reduced", title: "Reduced motion" },
        ],
      },
    },
  },
  initialGlobals: { backdrop: "dark", motion: "full" },
  parameters: {
    layout: "fullscreen",
    controls: { expanded: true },
    backgrounds: { disable: true },
    viewport: { options: VIEWPORTS },
    a11y: { test: "error" },
  },
  beforeEach({ globals }) {
    const { motion } = globals as { readonly motion: string };
    globalThis.matchMedia = (query) => {
      const list = matchMedia(query);
      if (motion !== "reduced" || !query.includes("prefers-reduced-motion")) return list;
      return Object.defineProperty(list, "matches", { value: true });
    };
    return () => {
      globalThis.matchMedia = matchMedia;
    };
  },
};

export default preview;
