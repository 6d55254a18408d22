import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect, waitFor } from "storybook/test";
import { NOON_MS, someMetrics, someMoment } from "../../test/support/frames.js";
import { SCENES, type Scene } from "../../test/support/scenes.js";
import { shownIn, widgetStory, type WidgetStory } from "../../test/support/story.js";
import { MOMENT_KINDS } from "../render/moment-kind.js";

const tag = "tm-moments-timeline";

interface Args {
  max: number;
}

function story(more: Partial<WidgetStory>): StoryObj<Args> {
  return { render: (args) => widgetStory({ tag, scene: SCENES.live, width: "560px", args: { ...args }, ...more }) };
}

/** One moment of each kind, and one of a kind that this version does not know. */
const kinds: Scene = (store) => {
  store.setState("live");
  store.apply(someMetrics());
  store.addMoments(
    [...MOMENT_KINDS.map(([type]) => type), "eclipse" as "raid"].map((moment_type, index) =>
      someMoment({
        moment_id: moment_type,
        moment_type,
        severity: (index + 1) / 9,
        timestamp: new Date(NOON_MS - (index + 1) * 100_000).toISOString(),
        description: "What happened, in one sentence.",
      }),
    ),
  );
};

const meta: Meta<Args> = {
  title: "Widgets/Moments timeline",
  component: tag,
  args: { max: 5 },
  argTypes: { max: { control: { type: "range", min: 1, max: 20, step: 1 } } },
};
export default meta;

export const Playground: StoryObj<Args> = story({});

export const Live: StoryObj<Args> = {
  ...story({}),
  play: async ({ canvasElement, step }) => {
    await step("lists cards, newest first, in a log", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).root.querySelectorAll(".card").length).toBeGreaterThan(2));
      const { root } = shownIn(canvasElement, tag);
      await expect(root.querySelector('[role="log"]')).not.toBeNull();
      const times = [...root.querySelectorAll("time")].map(({ dateTime }) => dateTime);
      await expect(times).toEqual([...times].sort().reverse());
    });
  },
};

export const Spike: StoryObj<Args> = {
  ...story({ scene: SCENES.spike }),
  play: async ({ canvasElement, step }) => {
    await step("marks the moment that goes on", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).root.querySelector(".card .on")).not.toBeNull());
    });
  },
};

export const Kinds: StoryObj<Args> = { ...story({ scene: kinds }), args: { max: 20 } };

export const Empty: StoryObj<Args> = {
  ...story({ scene: SCENES.empty }),
  play: async ({ canvasElement, step }) => {
    await step("says that there are none yet", async () => {
      await waitFor(() => expect(shownIn(canvasElement, tag).text).toContain("No moments yet"));
    });
  },
};

export const Connecting: StoryObj<Args> = story({ scene: SCENES.connecting });
export const Stale: StoryObj<Args> = story({ scene: SCENES.stale });
export const Offline: StoryObj<Args> = story({ scene: SCENES.offline });
export const LongText: StoryObj<Args> = story({ scene: SCENES.hugeNumbers });
export const LowBox: StoryObj<Args> = story({ height: "300px" });
export const Phone: StoryObj<Args> = story({ width: "320px" });
export const RightToLeft: StoryObj<Args> = story({ dir: "rtl", lang: "ar-EG" });
export const ReducedMotion: StoryObj<Args> = { ...story({}), globals: { motion: "reduced" } };
