import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect, waitFor } from "storybook/test";
import { SCENES } from "../../test/support/scenes.js";
import { shownIn, widgetStory, type WidgetStory } from "../../test/support/story.js";

const tag = "tm-pulse-bar";

interface Args {
  "rate-unit": "second" | "minute";
}

function story(more: Partial<WidgetStory>): StoryObj<Args> {
  return { render: (args) => widgetStory({ tag, scene: SCENES.live, width: "1240px", args: { ...args }, ...more }) };
}

const meta: Meta<Args> = {
  title: "Widgets/Pulse bar",
  component: tag,
  args: { "rate-unit": "second" },
  argTypes: { "rate-unit": { control: "inline-radio", options: ["second", "minute"] } },
};
export default meta;

export const Playground: StoryObj<Args> = story({});

export const Live: StoryObj<Args> = {
  ...story({}),
  play: async ({ canvasElement, step }) => {
    await step("shows four figures and no sign", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toMatch(/Chat msg\/s \d/));
      const { root } = shownIn(canvasElement, tag);
      await expect(root.querySelectorAll(".value")).toHaveLength(4);
      await expect(root.querySelector(".signal")).toBeNull();
    });
  },
};

export const Unknown: StoryObj<Args> = {
  ...story({ scene: SCENES.empty }),
  play: async ({ canvasElement, step }) => {
    await step("shows – for what is not known, never 0", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toMatch(/Chat msg\/s –/));
      await expect(shownIn(canvasElement, tag).text).not.toContain("0");
    });
  },
};

export const Connecting: StoryObj<Args> = story({ scene: SCENES.connecting });

export const Spike: StoryObj<Args> = {
  ...story({ scene: SCENES.spike }),
  play: async ({ canvasElement, step }) => {
    await step("turns its rail", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).root.querySelector("[data-busy]")).not.toBeNull());
    });
  },
};

export const Stale: StoryObj<Args> = {
  ...story({ scene: SCENES.stale }),
  play: async ({ canvasElement, step }) => {
    await step("keeps the last numbers and says that they are old", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toContain("Stale"));
    });
  },
};

export const Offline: StoryObj<Args> = story({ scene: SCENES.offline });

export const HugeNumbers: StoryObj<Args> = {
  ...story({ scene: SCENES.hugeNumbers }),
  play: async ({ canvasElement, step }) => {
    await step("stays within its panel", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toContain("2.8M"));
      const plate = shownIn(canvasElement, tag).root.querySelector(".plate");
      await expect(plate?.scrollWidth).toBeLessThanOrEqual(plate?.clientWidth ?? 0);
    });
  },
};

export const Folded: StoryObj<Args> = story({ width: "560px" });
export const Phone: StoryObj<Args> = story({ width: "340px" });
export const RightToLeft: StoryObj<Args> = story({ dir: "rtl", lang: "ar-EG" });

export const ReducedMotion: StoryObj<Args> = {
  ...story({}),
  globals: { motion: "reduced" },
  play: async ({ canvasElement, step }) => {
    await step("keeps still", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toMatch(/Chat msg\/s \d/));
      await expect(shownIn(canvasElement, tag).root.getAnimations()).toHaveLength(0);
    });
  },
};

export const BareText: StoryObj<Args> = {
  ...story({}),
  globals: { backdrop: "bright" },
  decorators: [
    (play) => {
      const element = play() as HTMLElement;
      element.style.setProperty("--tm-plate", "transparent");
      element.style.setProperty("--tm-line", "transparent");
      return element;
    },
  ],
};
