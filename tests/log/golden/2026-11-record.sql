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
INSERT INTO "events" VALUES('conseil-2026-11-22',52,'2026-11-22T17:30:52.000000+00:00','anne','act52',0,'LineCorrected','{"digest":"digest","line":"line"}','8ba7c57c02b585ae633db2274f6c58161b0a2206369589c60035398d74131020');
INSERT INTO "events" VALUES('conseil-2026-11-22',53,'2026-11-22T17:30:53.000000+00:00','anne','act53',0,'LineStruck','{"line":"line"}','6c651a11d4525fc2ee424220ef5ca452687d7bf85b69b3c5ee15141d5b564b7c');
INSERT INTO "events" VALUES('conseil-2026-11-22',54,'2026-11-22T17:30:54.000000+00:00','anne','act54',0,'LineRestored','{"line":"line"}','ed6737b5d78b92623b2f71b3dac888c8b98c91f29ccbacc6b337bc7fad20d02e');
INSERT INTO "events" VALUES('conseil-2026-11-22',55,'2026-11-22T17:30:55.000000+00:00','anne','act55',0,'LineAttributed','{"line":"line","member":"member"}','ffb0921fa354a1c30f352352ee0272b8b479ea02514d3c0b9dc5eec9773ece14');
INSERT INTO "events" VALUES('conseil-2026-11-22',56,'2026-11-22T17:30:56.000000+00:00','anne','act56',0,'LineMoved','{"item":1,"line":"line"}','841d935a6d953e98b536c7149400652a4cb1d0711441ca32773d66272a762ff8');
INSERT INTO "events" VALUES('conseil-2026-11-22',57,'2026-11-22T17:30:57.000000+00:00','anne','act57',0,'LineSplit','{"at":"2026-11-22T17:30:00Z","digest":"digest","line":"line","part":"part","rest":"rest"}','458e8a67efdf57a3f8277bc561e86819ddbf8a68bdc438457b9424e07d471205');
INSERT INTO "events" VALUES('conseil-2026-11-22',58,'2026-11-22T17:30:58.000000+00:00','anne','act58',0,'LinesMerged','{"digest":"digest","into":"into","line":"line"}','092dec49aa0a5794d0f90d1b0598d39e77ffc8d5963e37140d036b715cf7db6c');
INSERT INTO "events" VALUES('conseil-2026-11-22',59,'2026-11-22T17:30:59.000000+00:00','anne','act59',0,'ReviewUndone','{"act":1}','6a7be3fbaaed4ad3fe878a396c36f0cca4da259d2041d223e1e86b8e8bb5bfc8');
INSERT INTO "events" VALUES('conseil-2026-11-22',60,'2026-11-22T17:31:00.000000+00:00','anne','act60',0,'Rescheduled','{"ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"place":"place","starts":"2026-11-22T17:30:00Z"}','7260ed81c39f7ff977de6d220a8ce5856f79eb6011263686be1d0fc4ad44776e');
INSERT INTO "events" VALUES('conseil-2026-11-22',61,'2026-11-22T17:31:01.000000+00:00','anne','act61',0,'AgendaRevised','{"entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"title":"title é"}','e5736794c266fcd0e3a84f377200c3c8420ebcf8b86cf9e4757664ea7dde839e');
INSERT INTO "events" VALUES('conseil-2026-11-22',62,'2026-11-22T17:31:02.000000+00:00','anne','act62',0,'Cancelled','{"reason":"calendar"}','402cdeb6ca3e743533566b5081ee9dc5c64d16a4acd32e980e67babebe8cd769');
INSERT INTO "events" VALUES('conseil-2026-11-22',63,'2026-11-22T17:31:03.000000+00:00','anne','act63',0,'Reinstated','{}','582d212fb3286f77f6aa7a3900cec3ec2cc28aa4de2217e7004f01b3e0a22855');
INSERT INTO "events" VALUES('conseil-2026-11-22',64,'2026-11-22T17:31:04.000000+00:00','anne','act64',0,'WentMissing','{}','16d9cdf4912b0ec94d03b26b3f93c37a9f77286da8c0ccb0539aafe389c750a0');
INSERT INTO "events" VALUES('conseil-2026-11-22',65,'2026-11-22T17:31:05.000000+00:00','anne','act65',0,'MissingKept','{}','207afc1e207437357e09a27da2e82368c12ee8a0e87d933b0fe9224ba931e9ac');
INSERT INTO "events" VALUES('conseil-2026-11-22',66,'2026-11-22T17:31:06.000000+00:00','anne','act66',0,'FoundAgain','{}','9d0cf4b9903faad347c4187383e3d7c8dcda921dd7d39133ce9397588ca858f0');
INSERT INTO "events" VALUES('conseil-2026-11-22',67,'2026-11-22T17:31:07.000000+00:00','anne','act67',0,'CalendarTroubled','{"code":"code","fields":{"fields":"fields"},"source":"source"}','173078bcb1818bda8aaecf5cf9af3323bdee12b42ac2f472b4dd03b5a47ad105');
INSERT INTO "events" VALUES('conseil-2026-11-22',68,'2026-11-22T17:31:08.000000+00:00','anne','act68',0,'CalendarReadAgain','{"source":"source"}','f1b8731fccb08caa372f6147b5849d8274f149c3b1464f18892e4bcf3be81d84');
INSERT INTO "events" VALUES('conseil-2026-11-22',69,'2026-11-22T17:31:09.000000+00:00','anne','act69',0,'RosterRevised','{"roster":[{"college":"college","member":"member","role":"chair"}]}','0dc35e8476fd0296ac7fd5070993b9349836c6091ecd3c1fb5d475dd7e2b7c48');
INSERT INTO "events" VALUES('conseil-2026-11-22',70,'2026-11-22T17:31:10.000000+00:00','anne','act70',0,'RulesRevised','{"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"minutes":{"audio_days":1,"days":1,"delete_audio":true,"transcript":"place","words_days":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}}}','9f7eb46f23c54b5b013e5c5bd8133972ecc4e485d30a09ba4d8d1a0a78e766e2');
INSERT INTO "events" VALUES('conseil-2026-11-22',71,'2026-11-22T17:31:11.000000+00:00','anne','act71',0,'ProxiesCarried','{"proxies":[{"giver":"giver","holder":"holder","meetings":1}]}','629e0d8f5a9d46806f45ee6581bc052305dd4780dbfb396f781a259dda474393');
INSERT INTO "events" VALUES('conseil-2026-11-22',72,'2026-11-22T17:31:12.000000+00:00','anne','act72',0,'Summoned','{}','c26e6664f5dcd7e4812c0fa7de83f1bc71c9b440d88dbece57ee58618b31c2a1');
INSERT INTO "events" VALUES('conseil-2026-11-22',73,'2026-11-22T17:31:13.000000+00:00','anne','act73',0,'Reminded','{"before":"P1D"}','f83b5bda2d85ff2b6618fd2d5ea015cd5c177b976d9b68a3a278b9453534122b');
INSERT INTO "events" VALUES('conseil-2026-11-22',74,'2026-11-22T17:31:14.000000+00:00','anne','act74',0,'ItemProposed','{"minutes":1,"proposal":"proposal","title":"title é"}','0573eedd9c4d915ff1e5355b5ed6bf7cf121cc9008618f59b5531a9dab95df16');
INSERT INTO "events" VALUES('conseil-2026-11-22',75,'2026-11-22T17:31:15.000000+00:00','anne','act75',0,'ProposalAccepted','{"proposal":"proposal"}','26eaac46da88ca1bae96371ad5c613aa0ac5565d52042ffc1353be73edabc92d');
INSERT INTO "events" VALUES('conseil-2026-11-22',76,'2026-11-22T17:31:16.000000+00:00','anne','act76',0,'ProposalDeclined','{"proposal":"proposal"}','9652b425ba909fa21ce6ecfea8fa363cf4bb9fadcbfd87c5f0fc516225c74355');
INSERT INTO "events" VALUES('conseil-2026-11-22',77,'2026-11-22T17:31:17.000000+00:00','anne','act77',0,'MinutesProposed','{"digest":"digest","until":"2026-11-22T17:30:00Z"}','8175c4a32d08894c0022a321130476231fd7dbabcdf794cace5ce85b9a852bd3');
INSERT INTO "events" VALUES('conseil-2026-11-22',78,'2026-11-22T17:31:18.000000+00:00','anne','act78',0,'CorrectionAsked','{"digest":"digest","member":"member","request":"request","utterance":"utterance"}','0fbe956069b31082fb7b4fced8582b5dbe3218d52ace085090db2bc5beff6f05');
INSERT INTO "events" VALUES('conseil-2026-11-22',79,'2026-11-22T17:31:19.000000+00:00','anne','act79',0,'CorrectionAnswered','{"accepted":true,"request":"request"}','ac2275f550bee3dd66664c21a7dc5ab655f1066673c8b3b68a5bb8b55ad81121');
INSERT INTO "events" VALUES('conseil-2026-11-22',80,'2026-11-22T17:31:20.000000+00:00','anne','act80',0,'MinutesApproved','{"ballot":"ballot","digest":"digest","of":"of"}','3421775caf2b8314220e75dd48c5169fc2e792436de822effe962fe95d33136f');
INSERT INTO "events" VALUES('conseil-2026-11-22',81,'2026-11-22T17:31:21.000000+00:00','anne','act81',0,'ApprovalNoted','{"at":"2026-11-22T17:30:00Z","ballot":"ballot","digest":"digest","during":"during"}','115d435061dfa832af6c53fd7a05bf10713b267b7835852a2530a0cd11987798');
INSERT INTO "events" VALUES('conseil-2026-11-22',82,'2026-11-22T17:31:22.000000+00:00','anne','act82',0,'MinutesSigned','{"digest":"digest","key":"key","member":"member","role":"chair","signature":"signature"}','5139ea917e47542703373e9acb6d490543501532fe18e1579a776251d2cbf9cb');
INSERT INTO "events" VALUES('conseil-2026-11-22',83,'2026-11-22T17:31:23.000000+00:00','anne','act83',0,'MinutesPublished','{"digest":"digest"}','c9ab59e6efba1f1e35a01aa22a2b29770e686f501576b0139ce2b8d0aa7eb0d8');
INSERT INTO "events" VALUES('conseil-2026-11-22',84,'2026-11-22T17:31:24.000000+00:00','anne','act84',0,'AudioDeleted','{"files":1,"size":1,"why":"approved"}','1d90940f686e3dc5d7b9f1f5f613a59335a8c6a7c8e24a4349ea6007e973990c');
INSERT INTO "events" VALUES('conseil-2026-11-22',85,'2026-11-22T17:31:25.000000+00:00','anne','act85',0,'WordsDeleted','{"utterances":1}','681275f7b7b482dbf0115c7284643bdc88ffe75c909bafbff5f2ab9d16448544');
INSERT INTO "events" VALUES('conseil-2026-11-22',86,'2026-11-22T17:31:26.000000+00:00','anne','act86',0,'ActionNoted','{"due":"due","member":"member","what":"what"}','2886327c2a59a356062bf807aadef7f72381af9538a7e3ac3d66152619db3e91');
INSERT INTO "events" VALUES('conseil-2026-11-22',87,'2026-11-22T17:31:27.000000+00:00','anne','act87',0,'RecordingDeclined','{"member":"member"}','aaa29016afd859c76c4dcb41c0bfdab1a51697328846fd9deabdcd87e3535c62');
INSERT INTO "events" VALUES('conseil-2026-11-22',88,'2026-11-22T17:31:28.000000+00:00','anne','act88',0,'RecordingAccepted','{"member":"member"}','6cb60e549fee15d3b2e6e3a603ebc33babe4f85d429452aacb3cd2e3ff88b18d');
INSERT INTO "events" VALUES('conseil-2026-11-22',89,'2026-11-22T17:31:29.000000+00:00','anne','act89',0,'PresenceAmended','{"before":[{"since":"2026-11-22T17:30:00Z","until":"2026-11-22T17:30:00Z"}],"digest":"digest","excused":true,"member":"member","reason":"reason","stays":[{"since":"2026-11-22T17:30:00Z","until":"2026-11-22T17:30:00Z"}]}','8fc569d2f828fc0e7a4b5a8441cf3a01c5d14be93caff74cf3fe693e020f7a4e');
INSERT INTO "events" VALUES('conseil-2026-11-22',90,'2026-11-22T17:31:30.000000+00:00','anne','act90',0,'VoteAmended','{"ballot":"ballot","before":"before","digest":"digest","mark":"mark","member":"member","reason":"reason","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','e7c2c526e3bcc264bc402c72fd003c6ccdc0911c70f3b658a2884e64073b5128');
INSERT INTO "events" VALUES('conseil-2026-11-22',91,'2026-11-22T17:31:31.000000+00:00','anne','act91',0,'ErasureAsked','{"member":"member","rows":[{"digest":"digest","paths":["paths"],"seq":1}]}','ec70b17285c9154dccc503d0c97f05d880471978848ca99ecc9ed031b7835b98');
INSERT INTO "events" VALUES('conseil-2026-11-22',92,'2026-11-22T17:31:32.000000+00:00','anne','act92',0,'MemberErased','{"member":"member","requests":1,"rows":1,"utterances":1}','b0ee132114258b56a2485f0181def6932f0758c5ecf9cf13df3d8d9b3d1509d0');
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
INSERT INTO "secrets" VALUES('running','31158cde3d89da02e02d841ae93a2fb018a938a87d963ad5706344e84f345071','2170c81820e23c89cbbaded023cab480bce59d82b15a64ce788acdbc8617e901');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('534e7b0d40f5f635d47b420300898ca3','running','be915e5ec49b402d413f2cac5f88c127f1839b489f9d73a9d7ccad01fb75af77d7159035bc0d9d71e18184bc8b3427a79225085ff26301e692fa0e85c59430b01fae5c26cc49e2a32daa058fb727d5348a59fd5157767f6d5b6d04edd1b013666dcb50a8eab1f99118ee25a48c246c350f7032bf9f5b75f87764a72ea9d825ac1dfa5184852f5d2755bae2699f14fc17db59eca18e4a2d4a7360a72bbd040a09f86e843bf5e3a51228b5ccbc332aef640dcee58a8e1784421e0a438fbb6d33695ae62d928613ee03e2634d439fb47cc6');
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
