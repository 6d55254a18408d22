// Our own ratings; docs/concepts/sentiment.md says how they were made. Each line is a valence −4…4 and its emotes.

/** Emotes of Twitch, BetterTTV, FrankerFaceZ and 7TV, known in any letter case. */
export const chatEmotes = `
3 FeelsAmazingMan FEELSWAYTOOGOOD POGCRAZY HYPERCLAP
2.7 PogChamp PogU POGGERS PagMan PagChomp VeryPog PogTasty PAGGING PagBounce Poggies PagU POGGING PogBones
2.7 FeelsGoodMan
2.4 Pog PogPlant PogSlide HYPERS HypeHeart HypePog HypeWow HypeHype HypeYas HypeLove widepeepoHappy FeelsBirthdayMan
2.4 Kreygasm gachiHYPER HYPERYump peepoPog peepoPag PeepoPoglin peepoLove peepoHeart FeelsLoveMan FeelsHugMan LuvSign
2.4 LuvHearts InstaLove ILUVU 4Love Love0 PotLove Wowee TwitchConHYPE PorscheWIN
2.2 SeemsGood peepoHappy peepoHug peepoHugs peepoKiss catKISS catHug dankHug forsenHug xqcL nymnLove OkeyL cvL docL
2.2 PotL DankL apolloLove pepeL PartyTime peepoCheer PepoCheer peepoClap pepeClap EZClap gachiCLAP HypeGG NewRecord
2.2 FallWinning
2 LULW OMEGALUL OMEGALULiguess KEKW KEKWlaugh KEKL KEKLEO KEKVV KEKHeim LULE lulWut KEKPot OMEGALUOL LMAAAOOO
2 EleGiggle PepeLmao ROFLOL WICKED forsenParty ULLE ICANT HypeLUL HypeLOL HappyCat happie happiParty peepoGlad Gladge
2 FeelsGladMan FeelsGoldMan peepoDance PraiseIt ThankEgg gachiBASS gachiGASM gachiPRIDE gachiHop PepoDance
2 WideRaveTime RaveTime eggRAVE BillyApprove yippee yippieLion HypeFire
1.8 LUL ZULUL ZULOL 4Head 4HEad JPLUL LULZ MEGALUL GIGACHAD based0 PotBased peepoGiggles peepoCute SoCute cutecatpet
1.8 CurseLit TwitchLit DogChamp CoolCat HeyGuys LuvPeekL LuvPeekR LuvOops SmoocherZ soyKisser buhKisser Kissahomie
1.8 pepeWJAM catJAM pepeJAM pepeJAMJAM pepeBASS pepeD pepeDS PepePls DinoDance forsenPls batJAM nimeJAM apolloJAM
1.8 docJAMMER FloppaJAM PirateJam AlienJam potJAM ratJAM SoyJam donkJam nymnEDM vibePls VIBE vibE AngelThump
1.6 PinkMercy BlessRNG KonCha VoHiYo ArigatoNas TwitchUnity CarlSmile bleedPurple ExtraLife AYAYA AYAYAY peepoComfy
1.6 FeelsCoolMan FeelsTastyMan KKool HypeCool peepoCool peepoPat PETPET bttvNice PartyHat PartyKirby Jupijej
1.6 FBtouchdown PartyParrot BlobDance KermitDance FeelsHug FeelsCuteMan TrollGlad Hhhehehe PotPls catDance AlienPls
1.6 AlienParty AlienVibe AlienPump AlienTechno AlienSilly AlienFloss nimeDance nymnVibe plinkVibe catshVibe hobovibi
1.6 jaboodyVibe WalterVibe BOOMIES DonkPls PepegaPls GachiPls ABDULpls docPls tayPls batPls alizeePls tensePls gekPls
1.6 deadassPls headBang RyukaJam
1.4 EZ EZY FeelsOkayMan KappaPride HahaPresent HahaReindeer PowerUpL PowerUpR VoteYea FeelsSnowMan FeelsSnowyMan
1.4 HypeCozy HypeUwu HypeAwh SourPls twitchRaid SingsMic SingsNote peepoFlower Flowerge peepoKing peepoQueen
1.4 StrawBeary TBAngel BOOBA SHEESH TRUEING PoroHappy walterSmile BatDisco PianoTime GuitarYime ViolinTime
1.4 forsenWiggle
1.2 OkayChamp FUNgineer 5Head Okayge Okayga TakeNRG KappaRoss KappaClaus PeoplesChamp PJSugar TehePelo NODDERS
1.2 emoteApprove PepeLaugh GOTTEM peepoHey peepoArrive Wavegers PotFriendWave DankWave HypeWave HypePat HandsUp
1.2 handsWup HahaPoint GivePLZ ricardoFlick ricardoFlex FeelsDabMan ppHop bongoTap HSCheers xqcTECHNO peepoD Blush
1.2 FunRun PipeHype EntropyWins OhMyDog HahaNutcracker HahaElf HahaNyandeer GoodTake HypeYummy FIRSTTIMECHATTER
1 NomNom Okayeg peepoBlanket peepoShy Prayge CorgiDerp HahaSnowhal HahaTurtledove HahaBall RaccAttack FrankerZ
1 HahaGoose HahaDoge HahaGingercat HahaDreidel HahaCat Haha2020 VisLaud SwedSwag Mau5 KappaCool TriKool WideHard
1 WideHardo GoatEmotey FeelsPumpkinMan HypeWink SaguiPls Swagging PotFriend nymnFriend buhFriend HypeHeh TwitchSings
1 GlitchLit
0.8 TriHard KappaWealth DendiFace MVGame MorphinTime Poooound BloodTrail AMPTropPunch TPFufun HailHelix BlargNaut
0.8 peepoPizza FeelsDankMan HACKERMANS PopCorn POPPERS FunkChamp SillyChamp MONKE BigHardo peepoDJ peepoFlute
0.8 GlitchNRG MaxLOL
0.7 Jebaited forsenLaughingAtYou PointAndLaugh PepePoint BOP CatHandshake PauseChamp PauseMan MingLee PermaSmug
0.6 ppOverheat LilZ YooHoo BoneZone :tf: Tomfoolery aLittleTomfoolery KAPOW AsianGlow RalpherZ SqShy SoSnowy RarePepe
0.6 GabeN GingerPower forsenCoomer RonSmug SmugTime Gayge BuddhaBar JKanStyle
0.5 KKona KKonaW FeelsDonkMan OSFrog OpieOP VapeNation
0.4 FeelsStrongMan InuyoFace BegWan DxCat DogFace BigPhish HumbleLife RitzMitz mcaT ariW KevinTurtle SuperVinlin NOTED
0.4 DuckerZ MikeHogu PrimeMe imGlitch Squid1 Squid2 Squid3 Squid4 PepoG peepoG forsenE forsenDank Ratge BatChest
0.3 Kappa KappaHD Kapp Kappu Keepo MiniK KaRappa Zappa Kippa
0 ANELE forsenCD MrDestructoid NaM FutureMan BigBrother TheIlluminati copyThis pastaThat duDudu SMOrc UnSane PepoThink
0 TF2John ShazBotstix TinyFace TombRaid GunRun peepoThink 4Shrug eShrug Shrugeg ChefFrank ArgieB8 DoritosChip TooSpicy
0 HahaShrugLeft HahaShrugMiddle HahaShrugRight HahaLean HahaSweat hmmMeeting KKomrade BBoomer ZZoomer hackerCD OneHand
0 RedCoat StoneLightning TearGlove RuleFive QuadDamage TwitchRPG TTours PRChase BCWarrior DBstyle WholeWheat CiGrip
0 IceCold FireSpeed TwaT M&Mjc TaxiBro PoleDoge modCheck DinkDonk forsenPossessed IVEGONEPASTHEPOINTOFINSANITY
0 DatSheffy BudStar SoonerLater TheRinger TheTarFu TheThing UncleNox VaultBoy CrreamAwk HassaanChop ItsBoshyTime
0 SoBayed TBCrunchy TBTacoBag FBRun FBPass FBCatch FBBlock FBSpiral FBPenalty FBChallenge GOWSkull MercyWing1
0 MercyWing2 PurpleStar GreenTeam RedTeam forsen1 forsen2 forsen3 forsen4 squad1 squad2 squad3 squad4 Gondola2 TeaTime
0 TwitchVotes amongE iamemxSus plink glorp
-0.3 HotPokket GrammarKing monkaHmm monkaThink NotATK SSSsss YouDontSay HahaHide KEKWait BrainSlug HahaSleep PepegaAim
-0.4 CoolStoryBob HahaThisisfine PunchTrees RlyTho Shush WAYTOODANK FEELSWAYTOODONKMAN sosGame FeelsEvilMan ThunBeast
-0.4 Hmm
-0.5 StinkyCheese StinkyGlitch WubTF WatChuSay HUHH HUH BrokeBack Bedge RIPBOZO DOCBOZO noxWhat WaitWhat HypeSleep UHM
-0.6 peepoLeave PMSTwin FreakinStinkin ShadyLulu SCHIZO Susge SUSSY peepoYELL Erm PepegaDriving
-0.8 haHAA ConcernDoge Corncerned PopCorncerned WTRuck UWot PepeA SaltyCorn peepoRun pepeRun FallHalp Pepege Modge
-0.8 MODS xqcHAA COPIUM Copege Copesen SabaPing peepoConfused TrollDespair 4Weird 4WeirdBusiness DonoWall HypeTired
-1 Pepega 3Head 3Heading 2Head cmonBruh WeirdDude BRUH BREH bruhSit NOPERS NOIDONTTHINKSO ArsonNoSexy YouWHY monkaEyes
-1 monkaTOS monkaE monkaH monkaStare monkaSTEER monkaX monkaGun peepoS PepeS sweat0 forsenInsane MinusInsanity
-1 AlienUnpleased forsenUnpleased downVote peepoRiot FeelsTiredMan FeelsLateMan HypeRIP xqcTOS
-1.2 VoteNay NinjaGrumpy apolloGrumpy CandianRage PanicVis panicBasket PogO PogOff weirdPaper peepoWeird SKILLISSUE
-1.2 TouchGrass FeelsWeakMan peepoPooPoo WEIRDO WEIBOZO Tssk HypeShame
-1.4 monkaS monkaSHAKE monkaMEGA monkaPickle FeelsLagMan PJSalt riPepperonis peepoWTF doctorWTF WTFFF
-1.6 monkaW monkaGIGA monkaOMEGA SwiftRage FeelsWeirdMan FeelsWeirdManW PainsChamp JOEVER PunOko pepeMeltdown Deadge
-1.6 Deadlole NotLikeDuck FacePalm SuchFraud GivenUp PedoBear eww ewpert FLASHBANG
-1.8 FailFish WeirdChamp WutFace WutFaceW SadChamp ForeverAlone Madge Smadge Smadging FallCry peepoMad NOOO NOOOO
-1.8 FeelsRainMan Sadeg sadE MadgeLate RAGEY angrE Swedge
-2 ResidentSleeper FeelsSadMan Sadge peepoSad widepeepoSad SadCat catCry PoroSad PoroSadder Painsge PainPeko
-2 apolloPain Pepepains DIESOFCRINGE PepeCringe nymnCringe peepoRage FeelsRageMan BabyRage forsenDespair BigSad sadKEK
-2 peepoCry pepeCry reeferSad
-2.2 BibleThump NotLikeThis FeelsBadMan PepeHands PepeKMS
-2.4 DansGame DansGameW
`;

/** Emotes whose names are words or initials, so that only this letter case is the emote. */
export const chatExactEmotes = `
2.2 Cheer Hug
2 LETSGO
1.8 Clap Clap2 CLAP Based Chad
1.6 Smile Bussin
1.4 W
0.8 Cinema Drake KEK
0 Chatting
-0.4 Sure Clueless Joel
-0.6 Stare
-0.8 Clown
-1 Aware L
-2 Despair Pain
`;

/** Last part of a channel's own emotes: \`xqcLove\`, \`lionFeels\`. Known in any letter case. */
export const chatEmoteEndings = `
2.4 Love Loves Heart Hearts Luv HeartEyes
2.2 Hype Hyped Hypers Pog Poggers PogU Happy Hug Hugs
2 Joy Yay Win Winner Party Cheer Thanks Thx Ty Kiss Praise Lit Wow GG Dab
1.8 LUL Lulw Lol Laugh Lmao Kek Kekw Haha Giggle Giggles L Clap Smile Good Great Nice Cute Blush
1.6 Dance Dancing Jam Pls Vibe Vibes Comfy Cozy Cool Gasm Gift Gifted Wave Hi Hey Hello Bless Pray Fire
1.4 EZ Salute Yes Wink Raid Flex Rave Shipit
1 Pat Boop Ok Okay Troll Ayaya
0.5 Smug Kappa Rekt Bonk Derp
-0.6 Wut What Wat Huh Sus Bruh F
-1 No Nope Creep Spook Skip Pepega Out Stop
-1.4 Salt Salty Feels Monka MonkaS WTF Weird Sweat Shook Shock Scared Rip Dead Tilt Tilted Shame Bad Panic
-1.8 Fail Facepalm Palm Cringe Yikes Hands Thump Mad Angry Anger Rage Boo Bored Sleeper Pain Ew Gross Puke Toxic
-2 Sad Cry Crying Tears Hate Despair Trash Disgust
`;

/** Beside these, praise is mockery. */
export const chatSarcasm = `
Kappa KappaHD Kapp Keepo MiniK KaRappa Zappa PogO haHAA CoolStoryBob surely Clueless /s
`;

/** Beside blame, these laugh at somebody. */
export const chatLaughter = `
LUL LuL LULW LULE LULZ ZULUL ZULOL JPLUL OMEGALUL OMEGALULiguess OMEGALUOL MEGALUL KEKW KEKWlaugh KEKL KEKLEO KEKVV KEKHeim
KEK kek lulWut ULLE ROFLOL EleGiggle 4Head 4HEad ICANT PepeLaugh PepeLmao LMAAAOOO HypeLUL HypeLOL peepoGiggles Hhhehehe
PointAndLaugh PepePoint forsenLaughingAtYou lol lmao lmfao rofl lul lulz haha hahaha hehe xd xdd 😂 🤣 😹 😆
`;
