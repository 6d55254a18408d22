import type { Random } from "../random.js";
import { EMOTES } from "./emotes.js";

/**
 * What people write, by mood. `{name}` stands for a phrase of that list, which may hold further ones; a list that holds
 * a phrase twice says it twice as often.
 */
const PHRASES = {
  // Small talk
  talk: [
    "{greeting}",
    "{question}",
    "{question}",
    "{remark}",
    "{remark}",
    "{remark}",
    "{praise}",
    "{laugh}",
    "{wry}",
    "{opinion}",
    "{love}",
  ],
  greeting: [
    "hi chat {greet}",
    "hello everyone",
    "just got here, what did i miss?",
    "good evening from the night shift {greet}",
    "back from dinner",
    "first time here, loving it",
    "hey {greet}",
    "made it before the {place}",
  ],
  question: [
    "what {thing} is that?",
    "how long until the {place}?",
    "is this the hard mode?",
    "did you try the other {thing}?",
    "what song is this?",
    "how many tries so far?",
    "anyone know the name of this {place}?",
    "which {thing} should i start with?",
    "is the {place} after this one worse?",
    "what's the plan for tomorrow?",
  ],
  remark: [
    "that {thing} again",
    "i always get lost in the {place}",
    "the {thing} needs a buff tbh",
    "my cat just walked over the keyboard",
    "you forgot the {thing} in the {place}",
    "second {thing} on the left btw",
    "chat is chill today",
    "this {place} took me three hours",
    "the music in this {place} is so good",
    "brb, snacks",
    "one more try and then sleep, i promised that two hours ago",
    "the {thing} says otherwise {wry}",
  ],
  praise: [
    "nice {thing}",
    "that was clean",
    "love this part {love}",
    "great stream today",
    "so smooth",
    "your aim got really good",
    "this is my favourite {place}",
    "thanks for the tip, it helped a lot",
  ],
  opinion: [
    "the first one was better",
    "no way the {thing} is worth it",
    "controller > mouse for this",
    "i would take the {thing} here",
    "not a fan of the {place}",
    "the {place} is honestly underrated",
    "this {thing} is annoying",
  ],
  thing: ["sword", "map", "route", "build", "shield", "key", "boss", "patch", "potion", "bridge", "drone", "skin"],
  place: ["swamp", "castle", "final gate", "water level", "factory", "tower", "ice cave", "last lap", "library"],
  laughs: ["{laugh}", "{laugh} {laugh}", "hahaha {laugh}", "i can't {laugh}", "not like that {laugh}", "lol"],

  // Something great happens
  clutch: [
    "{hype}",
    "{hype}",
    "{hype}",
    "{hype} {hype}",
    "{hype} {hype} {hype}",
    "{hype} Clap",
    "Clap Clap Clap",
    "{shock}",
    "{shock}",
    "WutFace",
    "NO WAY {hype}",
    "WHAT {shock}",
    "HOW {hype}",
    "LET'S GOOO {hype}",
    "that was insane {hype}",
    "CLIP IT {hype}",
    "clip that!!",
    "best play of the year {hype} Clap",
    "one hp, are you kidding me {shock}",
    "GG {hype}",
    "amazing!!! {hype}",
    "unbelievable {shock}",
    "i was here {hype}",
  ],

  // Something goes badly wrong
  heartbreak: [
    "{sad}",
    "{sad}",
    "{sad} {sad}",
    "nooo {sad}",
    "so close {sad}",
    "that was horrible {sad}",
    "i can't watch this {sad}",
    "terrible luck {sad}",
    "that hurt",
    "pain. just pain {sad}",
    "the worst way to lose a run {sad}",
    "this game hates you {sad}",
    "ruined {sad}",
    "RIP the run {sad}",
    "F",
    "F",
    "why would it do that {sad}",
    "an hour of work, gone {sad}",
  ],

  // Others arrive
  raidHello: [
    "{raid}",
    "{raid} {raid}",
    "{raid} {raid} {raid}",
    "{from} RAID {raid}",
    "{from} raid!! {raid}",
    "hi from {from} {greet}",
    "{from} sent us {greet}",
    "hello, what are we playing?",
    "who is this {greet}",
    "raiders assemble {raid}",
    "new here, following already {love}",
  ],
  raidWelcome: [
    "welcome raiders {love}",
    "welcome in! {greet}",
    "hi {from} friends {greet}",
    "so many people {hype}",
    "hide the snacks, raiders {raid}",
    "chat is flying {shock}",
  ],

  // Subscriptions roll in
  subTrain: [
    "{love}",
    "{love} {love}",
    "HYPE TRAIN {hype}",
    "the train has no brakes {hype}",
    "{hype} {hype}",
    "thank you for the sub!! {love}",
    "another one {hype}",
    "who is next {hype}",
    "gifted again? legend {love}",
    "choo choo {hype}",
    "let's get level five {hype}",
    "Clap Clap",
  ],

  // Nothing happens
  dull: [
    "{bored}",
    "{bored}",
    "{bored} {bored}",
    "loading screen simulator {bored}",
    "wake me up when something happens {bored}",
    "inventory management again {bored}",
    "is he afk? {wry}",
    "{wry}",
    "menus, my favourite content {wry}",
    "so boring today",
    "anyone still awake?",
    "{question}",
    "{remark}",
  ],

  // Money comes with words
  donation: [
    "keep it up!",
    "for the snack fund",
    "thanks for the company during night shifts",
    "greetings from the train, the tunnel ate the best part",
    "great run yesterday",
    "please name the next horse after my cat",
    "happy to support this",
  ],
  cheer: ["cheer for the next try", "take my bits", "for that save!", "one for luck", "well played"],
  title: [
    "no-hit attempts until it works",
    "chat picks the route",
    "learning the water level, slowly",
    "blind playthrough, no spoilers please",
    "road to rank one (or to bed)",
    "viewers' builds, no refunds",
    "cosy evening and one hard boss",
    "marathon day: who sleeps first?",
  ],
  category: ["Castle Quest", "Drift Legends", "Star Harvest", "Puzzle Depths", "Just Chatting", "Tiny Kingdoms"],
  streamer: ["moss_and_mirrors", "late_lantern", "captain_kettle", "hexagon_hour", "paper_comet", "slow_lightning"],

  // Texts that whole chats repeat
  copypasta: [
    "I used to think the tutorial was optional. Then the tutorial came back with friends. Respect the tutorial.",
    "dear streamer, my grandmother beat this boss with a steering wheel and one hand on the soup",
    "this is a certified goose moment. paste this goose to protect the castle from geese",
    "excuse me, i ordered the speedrun with extra speed, this one seems to be the walking edition",
    "the bridge is not the enemy. the bridge is us. we are all the bridge.",
    "warning: this chat contains traces of skill. consume with water and a calm attitude",
  ],

  ...EMOTES,
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type PhraseList = keyof typeof PHRASES;

/** Says something from a list. `names` fills what the lists do not know, such as the raider's name. */
export function say(random: Random, list: PhraseList, names: Readonly<Record<string, string>> = {}): string {
  const phrase: string = random.pick<string>(PHRASES[list]);
  return phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? say(random, name as PhraseList, names));
}

/** Every list by its name, for a check that each `{name}` leads somewhere. */
export const phraseLists: Readonly<Record<string, readonly string[]>> = PHRASES;
