BEGIN TRANSACTION;
CREATE TABLE decisions (
	decision VARCHAR NOT NULL, 
	PRIMARY KEY (decision)
);
INSERT INTO "decisions" VALUES('decision');
CREATE TABLE events (
	meeting VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	"by" VARCHAR, 
	cause VARCHAR NOT NULL, 
	part INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	data VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (meeting, seq), 
	UNIQUE (meeting, cause, part)
);
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"minutes":{"audio_days":1,"days":1,"delete_audio":true,"transcript":"place","words_days":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage","waiver":{"held":"2026-11-22T17:30:00Z","meeting":"meeting"}}','0d0d39cbc2a8c324d0df3826d3f89ffdabfa8faefe48e7e1f5e08b4b06e6ac98');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','5498bb3220ece86c2e4a4739143aeca57248e2246005006ac545654840131396');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"elsewhere":true,"member":"member"}','c8c3172405efe0a15f885499645c55e78a3de501acf1634e3e69c9ae67a93575');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','ebb28f0e5ca0eb4913afd368c9167ce38708fdf224fa8a085a5d64390b52fe67');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','81f92c88f228bf567658e5b725e2a783adf8d31436e0b685517dc413af02f320');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','3a25d7315043f2e9523b6eab4f3b7b90fcff11e82ae04bf561c838534a7b2672');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','ef1b0a70cdd63a606d4a7411b7ed710ed42413708e7fd83b6c7de57272564da0');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','c84265c9281357b6f91616b3e6278a974c9356964cfe512dc67046d507422ee2');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','bade7865d020a5b5541953243d4c599347e1da2a3a05cffcdb0eae51bffe8418');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','bcdde707974cf7db7e645cb8dbf9102ea86e7e709e0484e45921ab126bda8f66');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','c2ed57bdd167180e71cafeaaeda8fbc00851934cdb553acb4e23093c5ce8680e');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','8bec5c1edb7a8fd941d84ff2613a592e24666802667d792b044d350c9de3644c');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','e9625dbda44e42a69283812da82ee7dd8e73c0be6769f9bd38e4183ad17425f5');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','6f62dd420c956ffa34708a99918cffbbc0072fd34bdbaa1f74b06805161489f4');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','6c232650feecc720ae94abbcbf212f86a95ab3a499fdc7d48e1b74daa336b39e');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','f81aba0c389263f65575bd7fc03f831efb4ac55c484848f3d7747565d842e303');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','ad4984526882f1b1aafee986bd3ecb8404d9aeabb9681ff0bcdd60978a46adba');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','13bc1e4252a35c1154d04bfefb491477ade09dbe99c414ea2f886851ff224362');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','84d12267ac406b4f874b4963d503d9c97215a5172d6bfc9a19e0586853509159');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','54d1aaea34b7753d39bb0b313fd7079f4f70603b28b8025baad3d6c057ae1bd8');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','c19793bdf94b59919436b840382795e8d5738d47dc833de1485f5243b23416ec');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","basis":"cast","candidates":["candidates"],"commitment":"commitment","deadline":"2026-11-22T17:30:00Z","form":"motion","key":"key","motion":"motion é","of":"of","options":["options"],"round":1,"seats":1,"secret":true,"threshold":"simple","waived":true}','420c6bd33bc0d9b0b8bcb82aee6f7c09895f7b7e57c38b7095fa743fc8606d5a');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast.2','{"ballot":"ballot","mark":"mark","member":"member","proxy":"proxy","text":"text","weight":1}','6aab363ccc68dbd12819d080029bb9d65d270f7a5d8b5937feaff69f03fbc92f');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','4fa6eaa385f368b2759d1394dd6c7e6d152bd385be6ce859438a0beca76e3b6a');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'UrnOpened','{"ballot":"ballot","slips":[{"mark":"mark","receipt":"receipt"}]}','b8228c5b6506354fc5bb3be9523ad8b37b8605a21b828466029c9d7fece41762');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'BallotClosed','{"ballot":"ballot","counts":[1],"decision":"decision","elected":[1],"outcome":"adopted","seed":"seed","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','c1c8dc02645f7473d01f040f4453dcbb7a3eb262fca6114130835864b77c0e4b');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'BallotAnnulled','{"ballot":"ballot","reason":"reason"}','8dfb44245e3bcf6d34874ea2557b51449da93927100a3ef7de7515955e1df66d');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingStarted','{}','ea65a668c74e4f39385185dc954e48f0b7adc3ffb835b56ea2ad9edf28736274');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','3d857249b68cdd289dfb91e26e8e5c58a9c6eef384bb771a7f0c08a421d492f3');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'RecordingTroubled','{"code":"code"}','2ff7dbcde53e5f2c409e93a9d0eb8eb876bc1b8b5e54ecf24a11fc6605406a76');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'RecordingStopped','{}','db0fa0bfbbae36d5d0a4afda6ae5452c6af07063045ea2735f9724a70cbea15c');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','c146d3e9d5ad935f0d1e90b8e044deeb6dfee5fee41c731a74e6cae6b80954eb');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','e3b7e3c6f3e5574fb8ef9ba9f5b38135371bd55f0ae628411f8a7cb0a383a1b8');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'MinutesDrafted','{"digest":"digest"}','4cb6bbf258f220d243ea7eaa80c5a9037760022c654a24fb380482d3e76baa22');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Posted','{"ref":"ref","surface":"surface"}','8cbcdd4ebac4e64449e633c056f11238ac9f7dd1ac44886eab4c91584658362e');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','0c3e1927b5814447608ff4e63858a15f1774cff08036243f828690902af1458a');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'Resumed','{}','09486bdd76fcd145a972b2520bb94cf01dd6d36f9d157aaef876a47072c348cf');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionAsked','{"member":"member"}','4188661b1be4b24bcec106d4887e78c3603a88cab86862342b0b8258331d66ad');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionPut','{"ballot":"ballot"}','5ebbf1b02df1fed49d9a74f3d1a5a2ddf0b7f8126e97ecfea10537587d1bcf0b');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ClosedSessionBegun','{"ballot":"ballot"}','27ed3a3818fef65053bdbf4e897086f3136018185efc6a8c8ac416843e49ad7f');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ClosedSessionEnded','{}','20e32df28c5bdc35aab2e4a8e5977e298045fe15dfc12c5f9a0579a39fafbd52');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemMoved','{"before":1,"number":1}','a89fc66f67439208a8ea64d82d6b4493c1d93c1ca47cc2ee7911c59efbd15e24');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemWithdrawn','{"number":1}','9d91fda211889d2da608e907e5227600a0b53e182a25883144860d59a3534e5e');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'ItemPostponed','{"number":1}','3285c76643aa33a693148080263e23fed16af03455fa990a3e0c0dd8d59edde4');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','fc5b988cc55b919bed7f8f93c35cbd1d62d8053f267becdde4f17b847cce1c8c');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'GavelHanded','{"member":"member"}','15898321b199eed6ee8d692f4d15263633ad86ecac472494cc54eca0a24bd491');
INSERT INTO "events" VALUES('conseil-2026-11-22',47,'2026-11-22T17:30:47.000000+00:00','anne','act47',0,'Excused','{"member":"member"}','41bc0ab8b8e08d278459b364540ae759fc8a7807db720420fef47a1fbfc6baf6');
INSERT INTO "events" VALUES('conseil-2026-11-22',48,'2026-11-22T17:30:48.000000+00:00','anne','act48',0,'ExcuseWithdrawn','{"member":"member"}','a117712a5520001868c5c12b471d864183a3003b7a1c5f4fcb6dc56e7f2d4258');
INSERT INTO "events" VALUES('conseil-2026-11-22',49,'2026-11-22T17:30:49.000000+00:00','anne','act49',0,'QuorumLost','{"needed":1,"present":1}','e71a78136c8fe573370a7f5e558b76038bc772a09748ed1827ed0d2c4837215c');
INSERT INTO "events" VALUES('conseil-2026-11-22',50,'2026-11-22T17:30:50.000000+00:00','anne','act50',0,'QuorumRegained','{"needed":1,"present":1}','da99403daf7098448a33891dca973823b0c8ada24381debfb6270439dfb24d91');
INSERT INTO "events" VALUES('conseil-2026-11-22',51,'2026-11-22T17:30:51.000000+00:00','anne','act51',0,'Reconvened','{"starts":"2026-11-22T17:30:00Z"}','e3bd894c1949d8d70c75428dc446f1921559682e4f0aae3e1a33fda716a0a0fa');
INSERT INTO "events" VALUES('conseil-2026-11-22',52,'2026-11-22T17:30:52.000000+00:00','anne','act52',0,'LineCorrected','{"chosen":[[1,true]],"digest":"digest","line":"line"}','5760ca4359c11664d2402db4e45eb888390a1b5362cbc7d492e0d76f32e43c4a');
INSERT INTO "events" VALUES('conseil-2026-11-22',53,'2026-11-22T17:30:53.000000+00:00','anne','act53',0,'LineStruck','{"line":"line"}','01b6fc4da755a7e15dc555987db9bab98e3aef112c3b266483d153bc36fa4021');
INSERT INTO "events" VALUES('conseil-2026-11-22',54,'2026-11-22T17:30:54.000000+00:00','anne','act54',0,'LineRestored','{"line":"line"}','1176316d41012e60bd04b4aa5e5eeab295dd023b7ad6087c5772a68c95626dab');
INSERT INTO "events" VALUES('conseil-2026-11-22',55,'2026-11-22T17:30:55.000000+00:00','anne','act55',0,'LineAttributed','{"line":"line","member":"member"}','084bf05530362237e200700fb2b5c22cc8409cc184328a514a304805b039cad1');
INSERT INTO "events" VALUES('conseil-2026-11-22',56,'2026-11-22T17:30:56.000000+00:00','anne','act56',0,'LineMoved','{"item":1,"line":"line"}','b638c2ef7f2ff98aff69395859356f9d0271418dd0d13cc20dd88fc30d6ab5b4');
INSERT INTO "events" VALUES('conseil-2026-11-22',57,'2026-11-22T17:30:57.000000+00:00','anne','act57',0,'SentenceChosen','{"kept":true,"line":"line","place":1}','eebb54d7f70bccfdda22b54af570abf2225d715a08d71f6b3ea5fab43340c28b');
INSERT INTO "events" VALUES('conseil-2026-11-22',58,'2026-11-22T17:30:58.000000+00:00','anne','act58',0,'LineSplit','{"at":"2026-11-22T17:30:00Z","chosen":[[1,true]],"digest":"digest","line":"line","part":"part","rest":"rest","rest_chosen":[[1,true]]}','50c84db9e63930dcded840140048737304c0272708d31062c63b63b476c92c98');
INSERT INTO "events" VALUES('conseil-2026-11-22',59,'2026-11-22T17:30:59.000000+00:00','anne','act59',0,'LinesMerged','{"chosen":[[1,true]],"digest":"digest","into":"into","line":"line"}','9a82d450a36b78a63185896c2233160a000cecb1e97a4dbd556fe9b9fc78b61e');
INSERT INTO "events" VALUES('conseil-2026-11-22',60,'2026-11-22T17:31:00.000000+00:00','anne','act60',0,'ReviewUndone','{"act":1}','3516c551e47465bdbfba17d47c7bdbae942a0058bbe60a85705088cef24387be');
INSERT INTO "events" VALUES('conseil-2026-11-22',61,'2026-11-22T17:31:01.000000+00:00','anne','act61',0,'Rescheduled','{"ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"place":"place","starts":"2026-11-22T17:30:00Z"}','fe82244cee30d8fbdbcb37fd719cdf53988ef099b661a77b5158a2ba25b4a40c');
INSERT INTO "events" VALUES('conseil-2026-11-22',62,'2026-11-22T17:31:02.000000+00:00','anne','act62',0,'AgendaRevised','{"entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"title":"title é"}','12c0e30da7ae5d1cc189b10a846ff1877a8a8203c7debf3e544b503caaba736e');
INSERT INTO "events" VALUES('conseil-2026-11-22',63,'2026-11-22T17:31:03.000000+00:00','anne','act63',0,'Cancelled','{"reason":"calendar"}','6157209f430b141296cb5bec406bcb40946b96298390637fe9e64091cd4661bf');
INSERT INTO "events" VALUES('conseil-2026-11-22',64,'2026-11-22T17:31:04.000000+00:00','anne','act64',0,'Reinstated','{}','07b7112d5d098b872437fcb66664288591f1c17c3ee60099ff6aba4eb3b71760');
INSERT INTO "events" VALUES('conseil-2026-11-22',65,'2026-11-22T17:31:05.000000+00:00','anne','act65',0,'WentMissing','{}','8df2d268129d6fcf00699cbd5c2c64c1dc7f7d466debf9f16beecd572fec5d9e');
INSERT INTO "events" VALUES('conseil-2026-11-22',66,'2026-11-22T17:31:06.000000+00:00','anne','act66',0,'MissingKept','{}','50ea500ffddd2bdcfa016f3ed7490e89cc6a0a56c0fd3d86a05b947aba0d4da7');
INSERT INTO "events" VALUES('conseil-2026-11-22',67,'2026-11-22T17:31:07.000000+00:00','anne','act67',0,'FoundAgain','{}','d0080f122dccadc0f513675d2b6ee35c55967fa59c8021a16486624e339b2380');
INSERT INTO "events" VALUES('conseil-2026-11-22',68,'2026-11-22T17:31:08.000000+00:00','anne','act68',0,'CalendarTroubled','{"code":"code","fields":{"fields":"fields"},"source":"source"}','38ed39128c40f57b186da5e14e0a8f48dc6f0e3f9e58d9148747ced8e7747045');
INSERT INTO "events" VALUES('conseil-2026-11-22',69,'2026-11-22T17:31:09.000000+00:00','anne','act69',0,'CalendarReadAgain','{"source":"source"}','a6f568ba3e94db43374109a970ccd90f3c5cf414d3b723e0f6ed7f0340eea368');
INSERT INTO "events" VALUES('conseil-2026-11-22',70,'2026-11-22T17:31:10.000000+00:00','anne','act70',0,'RosterRevised','{"roster":[{"college":"college","member":"member","role":"chair"}]}','a2d74951ef986cdf82390994e94dc953909d628f7d24eef7f5e9cfc45daab6e5');
INSERT INTO "events" VALUES('conseil-2026-11-22',71,'2026-11-22T17:31:11.000000+00:00','anne','act71',0,'RulesRevised','{"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"minutes":{"audio_days":1,"days":1,"delete_audio":true,"transcript":"place","words_days":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}}}','c0351778339c57612d1bf1f2e41e7aadedfc831a2e2f2d819c6ea33b737b0ee8');
INSERT INTO "events" VALUES('conseil-2026-11-22',72,'2026-11-22T17:31:12.000000+00:00','anne','act72',0,'ProxiesCarried','{"proxies":[{"giver":"giver","holder":"holder","meetings":1}]}','bba2f5e20939ee8c374f535a3795bfc67887e0fba7dc8dd99c17134139d6e77a');
INSERT INTO "events" VALUES('conseil-2026-11-22',73,'2026-11-22T17:31:13.000000+00:00','anne','act73',0,'Summoned','{}','430389dc066049ff747e0a52397bc97d52a807d6ad998b1718d12f1b751af860');
INSERT INTO "events" VALUES('conseil-2026-11-22',74,'2026-11-22T17:31:14.000000+00:00','anne','act74',0,'Reminded','{"before":"P1D"}','3b19325de98f3eba9ceed0aadc889bb6aa043f4f99630b2aedde0c5861c157cf');
INSERT INTO "events" VALUES('conseil-2026-11-22',75,'2026-11-22T17:31:15.000000+00:00','anne','act75',0,'ItemProposed','{"minutes":1,"proposal":"proposal","title":"title é"}','00e3810cf900a77c669af3ffe466b291fde9e0dee001b10a9adf11e12de0dadb');
INSERT INTO "events" VALUES('conseil-2026-11-22',76,'2026-11-22T17:31:16.000000+00:00','anne','act76',0,'ProposalAccepted','{"proposal":"proposal"}','995a73bf0bf4d0ce48ea1013e930404166b090f973a41ce76228139f10e0912a');
INSERT INTO "events" VALUES('conseil-2026-11-22',77,'2026-11-22T17:31:17.000000+00:00','anne','act77',0,'ProposalDeclined','{"proposal":"proposal"}','8f0b09a04f88321c08af82f9ce79e7dd20528047f8d3756513ca7f490da07cf9');
INSERT INTO "events" VALUES('conseil-2026-11-22',78,'2026-11-22T17:31:18.000000+00:00','anne','act78',0,'MinutesProposed','{"digest":"digest","until":"2026-11-22T17:30:00Z"}','0294a84a0f8f0bbe06a875f9713bdd878b217b61495285f9f43af913ed4fc0d1');
INSERT INTO "events" VALUES('conseil-2026-11-22',79,'2026-11-22T17:31:19.000000+00:00','anne','act79',0,'CorrectionAsked','{"digest":"digest","member":"member","request":"request","utterance":"utterance"}','f548d8fab1397e245c1e6b084ecd561f4c9d9b67984aa8a36ea87002f5c61ccf');
INSERT INTO "events" VALUES('conseil-2026-11-22',80,'2026-11-22T17:31:20.000000+00:00','anne','act80',0,'CorrectionAnswered','{"accepted":true,"request":"request"}','188884200dd5c5f0514fb2b50417f296e882ed4e21c7da3727f3f9b3c37d4f20');
INSERT INTO "events" VALUES('conseil-2026-11-22',81,'2026-11-22T17:31:21.000000+00:00','anne','act81',0,'MinutesApproved','{"ballot":"ballot","digest":"digest","of":"of"}','83e74b549f3a5ef558d57522f6dc844ff2f3ae3cebfd552328ae417561ff94b0');
INSERT INTO "events" VALUES('conseil-2026-11-22',82,'2026-11-22T17:31:22.000000+00:00','anne','act82',0,'ApprovalNoted','{"at":"2026-11-22T17:30:00Z","ballot":"ballot","digest":"digest","during":"during"}','e81c8daef84eecaea2d17c39f6983f48a8cca04f27f4e1acafa0fffbf9f41f00');
INSERT INTO "events" VALUES('conseil-2026-11-22',83,'2026-11-22T17:31:23.000000+00:00','anne','act83',0,'MinutesSigned','{"digest":"digest","key":"key","member":"member","role":"chair","signature":"signature"}','6fa9e3d3e29ce94c15378b312027d5124bd9ee55f110056018866e6df440e4f4');
INSERT INTO "events" VALUES('conseil-2026-11-22',84,'2026-11-22T17:31:24.000000+00:00','anne','act84',0,'MinutesPublished','{"digest":"digest"}','d4be545deb4d0f8c09ae7f498c6128de3e4ceb73d8bbc4c63106f2fdf84764bc');
INSERT INTO "events" VALUES('conseil-2026-11-22',85,'2026-11-22T17:31:25.000000+00:00','anne','act85',0,'AudioDeleted','{"files":1,"size":1,"why":"approved"}','f76431ffd88ecf199b722df4352a5bd37c0763245b825fe81e1a43216f590ed3');
INSERT INTO "events" VALUES('conseil-2026-11-22',86,'2026-11-22T17:31:26.000000+00:00','anne','act86',0,'WordsDeleted','{"utterances":1}','e218214b075ada9cbe565a5f5a60e0b4692588ace4ec526c869c3a2871fd0766');
INSERT INTO "events" VALUES('conseil-2026-11-22',87,'2026-11-22T17:31:27.000000+00:00','anne','act87',0,'ActionNoted','{"due":"due","member":"member","what":"what"}','e2ca97672a322aaa9276094a9eb72dd458c4b7d8d49483500c98c08d978ca9bb');
INSERT INTO "events" VALUES('conseil-2026-11-22',88,'2026-11-22T17:31:28.000000+00:00','anne','act88',0,'RecordingDeclined','{"member":"member"}','914ba4182bf9f7a6a63c3bdee88935f1a07c090bf291bed87aa440908d455295');
INSERT INTO "events" VALUES('conseil-2026-11-22',89,'2026-11-22T17:31:29.000000+00:00','anne','act89',0,'RecordingAccepted','{"member":"member"}','46bd825f43c1ec4ec463413bfb1b300038d11ab1ebabb83076e8175921be6c85');
INSERT INTO "events" VALUES('conseil-2026-11-22',90,'2026-11-22T17:31:30.000000+00:00','anne','act90',0,'PresenceAmended','{"before":[{"since":"2026-11-22T17:30:00Z","until":"2026-11-22T17:30:00Z"}],"digest":"digest","excused":true,"member":"member","reason":"reason","stays":[{"since":"2026-11-22T17:30:00Z","until":"2026-11-22T17:30:00Z"}]}','11ed854737092f7572c8a7b3928c8a2150c39c158c29fa0ed052d924d947249b');
INSERT INTO "events" VALUES('conseil-2026-11-22',91,'2026-11-22T17:31:31.000000+00:00','anne','act91',0,'VoteAmended','{"ballot":"ballot","before":"before","digest":"digest","mark":"mark","member":"member","reason":"reason","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','5058caf219ed7b6e30954c49deb0d04e67fbfc541da74be7169530e9fe7d75f3');
INSERT INTO "events" VALUES('conseil-2026-11-22',92,'2026-11-22T17:31:32.000000+00:00','anne','act92',0,'ErasureAsked','{"member":"member","rows":[{"digest":"digest","paths":["paths"],"seq":1}]}','818343928eef43afda28d5b84507aeefefcc6cf3ed1f188c116ddfd9d9ab3bf2');
INSERT INTO "events" VALUES('conseil-2026-11-22',93,'2026-11-22T17:31:33.000000+00:00','anne','act93',0,'MemberErased','{"member":"member","requests":1,"rows":1,"utterances":1}','03b69b0f8c07aeed55e25789bb3b3ea30150773fe326dea18aea6c7cd383b96f');
CREATE TABLE people (
	member VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (member)
);
INSERT INTO "people" VALUES('anne','Anne Martin');
CREATE TABLE requests (
	request VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	member VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (request)
);
CREATE TABLE secrets (
	ballot VARCHAR NOT NULL, 
	private VARCHAR NOT NULL, 
	seed VARCHAR NOT NULL, 
	PRIMARY KEY (ballot)
);
INSERT INTO "secrets" VALUES('running','8b98f04049b377391bd3fc4efe9f3002f4d981ec3dd1251f4918714a0889f5cf','ba645115527abf91d60c799fa2633f1e526a29bca7fa959848ae4914a6902b7e');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('ab1ff5fa091491658b824a08be6f17d1','running','2530aa50291a18f47673fa5241c90a44d07dd1938868ca9447ed8ee5fe8abb35276ee71eb7c76db244b65409d39bee979776a471f2cbaa804433453327c0019a3e271d15b6eeb6f962276f23fd8e2b376a4206ac341cb37db6e9760f572c32482513c84e7c4940b87aa84f369017658ad57df32464b1c8e469ca72b9db01243dd66423e0001cc54a6ed835125c6f6190caaaad1486771432c60bdfc4020ffff2ea9c743fe2091daa63ce623f68cd63eef2b338b4a7a28c975d709a819f4b71da351d112b94d6318c6ccac3f8476fa1cc');
CREATE TABLE versions (
	meeting VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	line VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (meeting, digest)
);
CREATE TABLE words (
	utterance VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	doubtful INTEGER NOT NULL, 
	PRIMARY KEY (utterance)
);
INSERT INTO "words" VALUES('utterance','conseil-2026-11-22','Bonsoir à tous.','fr',-0.25,1);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX ix_urn_ballot ON urn (ballot);
CREATE INDEX ix_words_meeting ON words (meeting);
CREATE INDEX ix_requests_meeting ON requests (meeting);
CREATE INDEX ix_requests_member ON requests (member);
COMMIT;
