// Our own ratings; docs/concepts/sentiment.md says how they were made. Each line is a valence −4…4 and its words.

/** Slang and shorthand, and everyday words that chat uses in another sense or that say little about feeling there. */
export const chatWords = `
2.8 ily
2.6 poggers goated
2.4 hype hyped pog pogs pogged poggies pogchamp tysm banger letsgo letsgooo lesgo lezgo goat wholesome
2.2 <3 <33 <333 ♥ \\o/ gg ggs ggwp gratz grats gz congratz legend legendary clutch clutched clutching godlike cracked
2 lol lmao lmfao rofl lul lulz lulw kek kekw omegalul omegalol roflmao haha hahaha hehe ahaha jaja xd xdd lawl lel
2 dope lit woo woohoo woop ty thx tyvm gj gw noice kawaii wowow :d =d 8d
1.8 wp gl glhf hf epic goty hypers based ezclap awesome banging chad gigachad cool
1.6 woah whoa waow comfy cozy cosy lucky sheesh clean yeet bless blessed welcome
1.4 yess ez ezpz ezy owo uwu gn goodnight o7 :p xp ;p slaps yessir :3 beast clap
1.2 10/10 11/10 100/10 vibe vibes vibing strong gift gifting liked
1 easy truee popping popped 5head respect easiest insane
0.9 helo heya hiya hii hello gm better interesting
0.8 agreed agree fire sexy gottem trust morning afternoon easier free
0.6 omg omfg facts yes yep yup yeah yea ye yee huge hopium super save saved care rich gifted exactly yo support
0.6 definitely bonus interest fair easily true
0.5 hi hey crazy like well
0.4 ok okay k kk pretty sure kind god holy big ready legit alright sup flex rekt wrecked owned pwned destroyed roasted
0.4 nt
0.3 wish united boost original solved sick
0 play plays played playing player players please pls plz want wants wanted help helps join joined share energy alert
0 straight clear number certain certainly feeling feelings fight fights fighting gun guns shot shots shoot shooting
0 war wars attack attacks enemy enemies battle battles bomb bombs weapon weapons ghost ghosts escape devil demon
0 demons cut drop drops dropped block blocked hid hide low matter matters natural dream dreams creative challenge
0 casual smoke chance chances heaven gain gained reward rewards treasure solid solution solutions security secure
0 promote special engage engaged active kidding joke jokes joking serious seriously wild nuts wicked rush rushed spam
0 sub hunt vision important created authority legal apology values value credit actually competitive discord excuse
0 shared create commit combat lobby defender witch emotional reach :o o: :| surely l top /s
-0.3 damage demand alarms forget leave hand cancel risk destroy kill kills killed killing killer ass drunk shock
-0.3 poison drug pay sorry bloody sentence police warning strike evil blind zombie zombies grind carry carried throw
-0.4 nah nerf nerfed diff bot bots sweaty tryhard tryhards mad fat ban bans bald virgin damn nerd staged hard
-0.5 missed pressure emergency forced missing curse heroin miss
-0.6 fuckers nope sus bruh bruhh brah scripted boomer normie normies f sellout skip loud oops hell
-0.8 cry death illegal fault errors error alone piss steal dick oof cope coping copium leaked lies lied liar bug bugs
-0.8 bugged buggy lag lags crash crashed hacker hackers mid hacking hacks smurf smurfs smurfing int inting inted feed
-0.8 feeding feeder report reported shame greedy bait unlucky aimbot wallhack murder die died dies dead dying
-0.9 no
-1 lost lose loses losing fake stop stops wrong weird sleepy salty tilt tilted tilting boosted hardstuck threw
-1 throwing griefing griefed grief cheat banned muted ratio ratioed ratiod clown clowns clowned noob noobs newb doubt
-1 fuck fck fk
-1.2 rip ripp wtf wth dafuq tf shit shits damnit dammit fml bs scam scammed scammer rigged robbed choke choked choking
-1.2 wtff problems problem
-1.4 noo malding mald malds seethe seething washed wack whack clickbait baited unfair broken ruined ruin ruins ruining
-1.4 yawn refund crap
-1.6 d: d:< boring bored laggy unsub unsubbed unfollow unfollowed dogwater shitty bozo crybaby ffs
-1.8 cringe cringy cringey yikes trash garbage toxic ew eww ugh ughh unwatchable unplayable uninstall doodoo sadge
-1.8 madge
-2 disgusting gross trashcan stfu gtfo sux dogshit sucks braindead brainlet weirdo weirdos
-2.4 cancerous vomit puke worst
-3.4 kys kms
`;

/** Any word of only these two letters, each repeated, laughs. */
export const chatLaughs = `
2 ha he hi ja lo lu ke xd
`;

/** Phrases of two or three words: the phrase's valence stands for all of them. */
export const chatPhrases = `
2.6 love_you love_u miss_you
2.4 let's_go lets_go lets_goo lets_fucking_go let's_fucking_go let's_goo
2.2 good_game good_games good_job well_played good_shit what_a_god
2 lez_go here_we_go nice_job good_luck thank_you big_brain popped_off pop_off popping_off
1.8 good_stuff good_morning good_afternoon good_evening hell_yeah hell_yea fuck_yeah fuck_yes no_problem life_changing
1.8 actual_god god_gamer
1.6 holy_moly good_night oh_yeah damn_right worth_it what_a_play what_a_shot what_a_game
1.5 i_like we_like
1.4 oh_my_god no_worries
1.2 holy_shit my_god no_doubt
0.4 of_course nice_try free_win big_if_true
0.3 no_way
0 no_cap pretty_much like_this like_that looks_like look_like sounds_like feels_like feel_like something_like
0 just_like as_well carry_me
-0.8 get_good
-1.2 weird_flex nobody_asked too_loud
-1.4 oh_no what_the_hell wtf_is_this not_cool so_sad go_away
-1.6 what_the_fuck give_up calm_down small_brain smooth_brain no_thanks screwed_up who_asked who_cares nobody_cares
-1.6 no_one_cares my_ears
-1.8 skill_issue touch_grass fuck_no too_far dead_game fucked_up messed_up
-2 hell_no kill_myself fed_up
-2.2 can't_stand
-2.4 fuck_this shut_up kill_me
-2.8 fuck_you fuck_off kill_yourself
`;

/** Words that stand for themselves. Emoticons do so anyway. */
export const chatInterjections = `
lol lmao lmfao rofl lul lulz kek kekw omegalul haha hahaha hehe ahaha jaja xd xdd lawl lel gg ggs ggwp gl hf glhf gz grats
congrats gratz wow woah whoa omg omfg wtf wth wtff ffs smh oof rip yikes bruh ew eww ugh oops woo woohoo yay o7 owo uwu ty thx
hi hey hello gn gm pog poggers ok okay yes yep yeah nope nah damn sheesh letsgo ez ezpz f kappa
`;
