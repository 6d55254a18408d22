import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect, waitFor } from "storybook/test";
import { NOON_MS, someMetrics } from "../../test/support/frames.js";
import { SCENES, type Scene } from "../../test/support/scenes.js";
import { shownIn, widgetStory, type WidgetStory } from "../../test/support/story.js";

const tag = "tm-emote-cloud";

interface Args {
  max: number;
}

function story(more: Partial<WidgetStory>): StoryObj<Args> {
  const size = { width: "620px", height: "400px" };
  return { render: (args) => widgetStory({ tag, scene: SCENES.live, ...size, args: { ...args }, ...more }) };
}

const WORDS = ["GG", "Pog", "hahaha", "LetsGo", "clap", "wow", "noooo", "F", "hype", "EZ"];

/** No picture is known for any emote. */
const words: Scene = (store) => {
  const top_emotes = WORDS.map((name, index) => ({ name, count: Math.round(120 / (index + 1)) }));
  store.setState("live");
  store.apply(someMetrics({ timestamp: new Date(NOON_MS).toISOString(), top_emotes }));
};

const meta: Meta<Args> = {
  title: "Widgets/Emote cloud",
  component: tag,
  args: { max: 24 },
  argTypes: { max: { control: { type: "range", min: 1, max: 24, step: 1 } } },
};
export default meta;

export const Playground: StoryObj<Args> = story({});

export const Live: StoryObj<Args> = {
  ...story({}),
  play: async ({ canvasElement, step }) => {
    await step("draws pictures where they are known and words elsewhere", async () => {
      await waitFor(() =>
        expect(shownIn(canvasElement, tag).root.querySelectorAll(".emote").length).toBeGreaterThan(5),
      );
      const { root } = shownIn(canvasElement, tag);
      await expect(root.querySelectorAll("img").length).toBeGreaterThan(0);
      await expect(root.querySelectorAll(".chip").length).toBeGreaterThan(0);
    });
  },
};

export const Words: StoryObj<Args> = story({ scene: words });
export const Few: StoryObj<Args> = { ...story({}), args: { max: 3 } };

export const Empty: StoryObj<Args> = {
  ...story({ scene: SCENES.empty }),
  play: async ({ canvasElement, step }) => {
    await step("says that there are none", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toContain("No emotes in the last minute"));
    });
  },
};

export const Connecting: StoryObj<Args> = story({ scene: SCENES.connecting });
export const Spike: StoryObj<Args> = story({ scene: SCENES.spike });
export const Stale: StoryObj<Args> = story({ scene: SCENES.stale });
export const Offline: StoryObj<Args> = story({ scene: SCENES.offline });
export const HugeNumbers: StoryObj<Args> = story({ scene: SCENES.hugeNumbers });
export const Strip: StoryObj<Args> = story({ width: "900px", height: "150px" });
export const Column: StoryObj<Args> = story({ width: "260px", height: "640px" });
export const RightToLeft: StoryObj<Args> = story({ dir: "rtl", lang: "ar-EG" });
export const ReducedMotion: StoryObj<Args> = { ...story({}), globals: { motion: "reduced" } };
