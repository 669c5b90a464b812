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
INSERT INTO "events" VALUES('conseil-2026-11-22',54,'2026-11-22T17:30:54.000000+00:00','anne','act54',0,'EchoHeard','{"line":"line","of":"of"}','f14fd8d4ba09d2abdfb3813197b90a9db3b245d0adb03085dc69a8f7666da9a4');
INSERT INTO "events" VALUES('conseil-2026-11-22',55,'2026-11-22T17:30:55.000000+00:00','anne','act55',0,'LineRestored','{"line":"line"}','ea5feeaa83c72f04c43f2b20c71c30716c64d00204f2acff9636778191593d75');
INSERT INTO "events" VALUES('conseil-2026-11-22',56,'2026-11-22T17:30:56.000000+00:00','anne','act56',0,'LineAttributed','{"line":"line","member":"member"}','38104351a24e55a2b11f1cee7cea4d55c0c7f5a73a11955c68348758302b0560');
INSERT INTO "events" VALUES('conseil-2026-11-22',57,'2026-11-22T17:30:57.000000+00:00','anne','act57',0,'LineMoved','{"item":1,"line":"line"}','4fb663504aec275f117d4c71f049e7e637d99077fdc81ed348eea85bad793572');
INSERT INTO "events" VALUES('conseil-2026-11-22',58,'2026-11-22T17:30:58.000000+00:00','anne','act58',0,'SentenceChosen','{"kept":true,"line":"line","place":1}','7f3b6202d65bbba864a91728c3375b75b5c290f40740aa98702066b938b44d67');
INSERT INTO "events" VALUES('conseil-2026-11-22',59,'2026-11-22T17:30:59.000000+00:00','anne','act59',0,'LineSplit','{"at":"2026-11-22T17:30:00Z","chosen":[[1,true]],"digest":"digest","line":"line","part":"part","rest":"rest","rest_chosen":[[1,true]]}','cd2dc82ff8cdc2fbb5efc19a2852caaa6c12e20d52112f07250e7c5930ad7f36');
INSERT INTO "events" VALUES('conseil-2026-11-22',60,'2026-11-22T17:31:00.000000+00:00','anne','act60',0,'LinesMerged','{"chosen":[[1,true]],"digest":"digest","into":"into","line":"line"}','2268d2ce29f22f23e3b3523280c324bca3124ff82c5480bff670672753527107');
INSERT INTO "events" VALUES('conseil-2026-11-22',61,'2026-11-22T17:31:01.000000+00:00','anne','act61',0,'ReviewUndone','{"act":1}','791282490b2d90c7643534c5f5f08b139b59ea9dc77ed3a6871e679a2088d154');
INSERT INTO "events" VALUES('conseil-2026-11-22',62,'2026-11-22T17:31:02.000000+00:00','anne','act62',0,'Rescheduled','{"ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"place":"place","starts":"2026-11-22T17:30:00Z"}','06e35db00aca8d2f531433b7954fccb14a01f1497f9a8119d8e1168b50fa61fd');
INSERT INTO "events" VALUES('conseil-2026-11-22',63,'2026-11-22T17:31:03.000000+00:00','anne','act63',0,'AgendaRevised','{"entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"title":"title é"}','f04166f7c2454c5f29ba65ac045f77ae749b3f63f89e716ac289812d1e7d7eb7');
INSERT INTO "events" VALUES('conseil-2026-11-22',64,'2026-11-22T17:31:04.000000+00:00','anne','act64',0,'Cancelled','{"reason":"calendar"}','9f0ae50077f3933e99b099e00a4c33841f29579873ad7267577c35d5175beae2');
INSERT INTO "events" VALUES('conseil-2026-11-22',65,'2026-11-22T17:31:05.000000+00:00','anne','act65',0,'Reinstated','{}','7dc096c78e4240b8e32f4e8655d6255fb09cdb0fabbc668e81c2e548b3d6e06b');
INSERT INTO "events" VALUES('conseil-2026-11-22',66,'2026-11-22T17:31:06.000000+00:00','anne','act66',0,'WentMissing','{}','3fc5eee6f3489a74e06df1ee9f59c89f5a5faf09faf490d7aa6665c2ac307647');
INSERT INTO "events" VALUES('conseil-2026-11-22',67,'2026-11-22T17:31:07.000000+00:00','anne','act67',0,'MissingKept','{}','3a2a1678fd92041720950b9c2de4f3b1cdeb2ef1d28e312f74cdaf29f6fa65a4');
INSERT INTO "events" VALUES('conseil-2026-11-22',68,'2026-11-22T17:31:08.000000+00:00','anne','act68',0,'FoundAgain','{}','691d37387ad60deff490f7d88469278b44008234242a7ebbcabc1b3594730d51');
INSERT INTO "events" VALUES('conseil-2026-11-22',69,'2026-11-22T17:31:09.000000+00:00','anne','act69',0,'CalendarTroubled','{"code":"code","fields":{"fields":"fields"},"source":"source"}','bda28075ce9f48ee90e5b1b667b64e76190263757da1589abfe74f3b7eadae4c');
INSERT INTO "events" VALUES('conseil-2026-11-22',70,'2026-11-22T17:31:10.000000+00:00','anne','act70',0,'CalendarReadAgain','{"source":"source"}','141daf28e8706cbf231ad3a831c30c509877e8731db229979ffabc6c1eb5b77c');
INSERT INTO "events" VALUES('conseil-2026-11-22',71,'2026-11-22T17:31:11.000000+00:00','anne','act71',0,'RosterRevised','{"roster":[{"college":"college","member":"member","role":"chair"}]}','f5d349080841fa28f38f0706fbb496b7c5e9a1fd6aa0bc7d24c4897f6c0fabff');
INSERT INTO "events" VALUES('conseil-2026-11-22',72,'2026-11-22T17:31:12.000000+00:00','anne','act72',0,'RulesRevised','{"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"minutes":{"audio_days":1,"days":1,"delete_audio":true,"transcript":"place","words_days":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}}}','17ca2e5fdb758035d49903bcfafbc2bc11e18637afc00a8fbcff9fd34245f763');
INSERT INTO "events" VALUES('conseil-2026-11-22',73,'2026-11-22T17:31:13.000000+00:00','anne','act73',0,'ProxiesCarried','{"proxies":[{"giver":"giver","holder":"holder","meetings":1}]}','b7e42ebf0731188480dfb7cb99412d130cf7fa617f22857d22919d543ba0fe2c');
INSERT INTO "events" VALUES('conseil-2026-11-22',74,'2026-11-22T17:31:14.000000+00:00','anne','act74',0,'Summoned','{}','544f2b8d088680b8b9ad463d945ae4ffc2aad73ab3bc210861cd9e26f3598e77');
INSERT INTO "events" VALUES('conseil-2026-11-22',75,'2026-11-22T17:31:15.000000+00:00','anne','act75',0,'Reminded','{"before":"P1D"}','5dd09b76147b0601800d239ae03089be84f7fc0343be4da5c2f91966b4f06b56');
INSERT INTO "events" VALUES('conseil-2026-11-22',76,'2026-11-22T17:31:16.000000+00:00','anne','act76',0,'ItemProposed','{"minutes":1,"proposal":"proposal","title":"title é"}','e1863c38c7ddcdfbdd1669a5830879a0c2f176b69dc4c7af00aa793b45bb1995');
INSERT INTO "events" VALUES('conseil-2026-11-22',77,'2026-11-22T17:31:17.000000+00:00','anne','act77',0,'ProposalAccepted','{"proposal":"proposal"}','c52cde6e62c70c9cbf49a478e42d15a457b4beb150eed8aed80d255ebb599450');
INSERT INTO "events" VALUES('conseil-2026-11-22',78,'2026-11-22T17:31:18.000000+00:00','anne','act78',0,'ProposalDeclined','{"proposal":"proposal"}','9bcc4158966a25864b603272e86587e3a2037ad49682b5cc0e661aa88272995d');
INSERT INTO "events" VALUES('conseil-2026-11-22',79,'2026-11-22T17:31:19.000000+00:00','anne','act79',0,'MinutesProposed','{"digest":"digest","until":"2026-11-22T17:30:00Z"}','bf37ef7eb5a6e158e4420ca9724fe8c7b4f46a9b620ec73174b10dba4e61655d');
INSERT INTO "events" VALUES('conseil-2026-11-22',80,'2026-11-22T17:31:20.000000+00:00','anne','act80',0,'CorrectionAsked','{"digest":"digest","member":"member","request":"request","utterance":"utterance"}','d08ddb93eb8ffff893c8f7f6ca966b2ec2bf7323e640d18a48368c4994f3033e');
INSERT INTO "events" VALUES('conseil-2026-11-22',81,'2026-11-22T17:31:21.000000+00:00','anne','act81',0,'CorrectionAnswered','{"accepted":true,"request":"request"}','bbe27420d776d3904f010a9c1a26712e3ba140fd3a1f947084a4127774cdc767');
INSERT INTO "events" VALUES('conseil-2026-11-22',82,'2026-11-22T17:31:22.000000+00:00','anne','act82',0,'MinutesApproved','{"ballot":"ballot","digest":"digest","of":"of"}','f9f9548b5119ef7adf7364ae8256fb5537dc3a48c719858b1b950cc735bd1ba9');
INSERT INTO "events" VALUES('conseil-2026-11-22',83,'2026-11-22T17:31:23.000000+00:00','anne','act83',0,'ApprovalNoted','{"at":"2026-11-22T17:30:00Z","ballot":"ballot","digest":"digest","during":"during"}','30c5100fe8be07e52f62eda52ea0f1d1bc882e244eb863a88fcafe5bae74a641');
INSERT INTO "events" VALUES('conseil-2026-11-22',84,'2026-11-22T17:31:24.000000+00:00','anne','act84',0,'MinutesSigned','{"digest":"digest","key":"key","member":"member","role":"chair","signature":"signature"}','6d7c0f76f12d964730e2cf837d29de6f6326e913ee36c77a1c1fd1bb25b6f8a7');
INSERT INTO "events" VALUES('conseil-2026-11-22',85,'2026-11-22T17:31:25.000000+00:00','anne','act85',0,'MinutesPublished','{"digest":"digest"}','9d6b3e573d3e303c70a48c875bdf9f22d7e78398bc2d1a55f6f94538dbedcde8');
INSERT INTO "events" VALUES('conseil-2026-11-22',86,'2026-11-22T17:31:26.000000+00:00','anne','act86',0,'AudioDeleted','{"files":1,"size":1,"why":"approved"}','9c37d915406feb4606c34228e9cd38e316901e3a54631cc895fd9fd746ddb348');
INSERT INTO "events" VALUES('conseil-2026-11-22',87,'2026-11-22T17:31:27.000000+00:00','anne','act87',0,'WordsDeleted','{"utterances":1}','20e0ae330320c062459383b8fdb9095bfdafa41567e6f1426a32b7a1bc06952e');
INSERT INTO "events" VALUES('conseil-2026-11-22',88,'2026-11-22T17:31:28.000000+00:00','anne','act88',0,'ActionNoted','{"due":"due","member":"member","what":"what"}','d3965872b8a371d0d5289fe18ee244edbf1c6265f3b75e714673bf51e2a6b30e');
INSERT INTO "events" VALUES('conseil-2026-11-22',89,'2026-11-22T17:31:29.000000+00:00','anne','act89',0,'RecordingDeclined','{"member":"member"}','069d7fc471991932b8b5670dabf87cbdf47fac514fbe5ff89524cb9910ed841a');
INSERT INTO "events" VALUES('conseil-2026-11-22',90,'2026-11-22T17:31:30.000000+00:00','anne','act90',0,'RecordingAccepted','{"member":"member"}','63328ee2ddaf25da1a31d5c57f968edaa3c121f668d44ef96a1b4f0dccb3c93d');
INSERT INTO "events" VALUES('conseil-2026-11-22',91,'2026-11-22T17:31:31.000000+00:00','anne','act91',0,'PresenceAmended','{"before":[{"since":"2026-11-22T17:30:00Z","until":"2026-11-22T17:30:00Z"}],"digest":"digest","excused":true,"member":"member","reason":"reason","stays":[{"since":"2026-11-22T17:30:00Z","until":"2026-11-22T17:30:00Z"}]}','6956ca10657db4b24b181184a0c302681bd348555b890651ed1ba19cedd359d4');
INSERT INTO "events" VALUES('conseil-2026-11-22',92,'2026-11-22T17:31:32.000000+00:00','anne','act92',0,'VoteAmended','{"ballot":"ballot","before":"before","digest":"digest","mark":"mark","member":"member","reason":"reason","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','f9152630576dad36e7ea770a97873ceb9dfa5b7aac0e735bcd983b1ac6c8189a');
INSERT INTO "events" VALUES('conseil-2026-11-22',93,'2026-11-22T17:31:33.000000+00:00','anne','act93',0,'ErasureAsked','{"member":"member","rows":[{"digest":"digest","paths":["paths"],"seq":1}]}','bb2b041bcff9c61424b41881cf6d238eb4bb02c0f986257f7bd891111ceeaa05');
INSERT INTO "events" VALUES('conseil-2026-11-22',94,'2026-11-22T17:31:34.000000+00:00','anne','act94',0,'MemberErased','{"member":"member","requests":1,"rows":1,"utterances":1}','a901f621d1711f2371cba26b31c6a4a365d9776d2b68a5ac71c7964f92a1ee84');
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
INSERT INTO "secrets" VALUES('running','c331c925370d5bac77ac0a8cb161f7d2f59f6a1d338d217945f5e8e8897a8635','231dbd04df03ac4e4dfc035b52873c46f864f7bd2ef7847223d66de90ba4e79c');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('08afb3a86c0e5e21c08b597e28c86c4d','running','c5d48e47d078b50ad9a776d9201aeff12047247cd67273451b616b4a3a03cf61727ee7d99e46304ec647cdea5b9cc57b7c0139e84f54258d6c49767b7ba49c4198f33a0ed915d0263ea24228a8df88e96033b2dadc422f8aaa39d4d859528000f09abf1586118d205d45597df87f6d07514a5bbc24747d09f6f02f889db61c3f47e65cbd2c73971960f23023f683d0f122f4f898a593a653687f7183f52d98e661d0e2e092d64c2229bfed3e29f740b074c174b657403749688b457bae9d58dd8e7f5d198caf9fdc930bd7f9a18f1cbe');
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
