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
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"minutes":{"audio_days":1,"days":1,"delete_audio":true},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage","waiver":{"held":"2026-11-22T17:30:00Z","meeting":"meeting"}}','6a593c3e16e437398b35043800a31295691a96c7241b462b1bad7110eb68a3b6');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','53154feed405c3ecfbd59ea1bd79afa894189bfed3710cf9a96c3508b682b404');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"elsewhere":true,"member":"member"}','c0e08f19c88f73f77a6d7fe2b188c03a40b1c8d5deaee02afb518f0ed648e89b');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','f712aa182f92bf367a0de3f2df1bcc70cecd2724e29b0a4f85be9be3a86a85fb');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','4d2be2a64134a336e7eae701a30049b7885c743457ac16bf36b5d2663df184c4');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','0005f586655c00794f6c5cee39cc203a158e3c2c16a998ece02e467739e1d048');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','c1694559f73ccf5a65696520eed6211e44bbb79b74aab82734aad21637593e0e');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','cb46aa464d4882ccf7fc1f94a8fbc131ddd72e74e7d64e52f623a8e4d397416d');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','28f7b2bfa906b2e2a39e977a441c0bd313c891250da757f95e6e67c0d5561807');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','38c0cb8c028078675c802912e45ebacc09a1ed59610ae3e6bd10492b25be5f56');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','acf88f8f01e531435a65256802f62f1c2c44503e6fcb758cd1f43d96b57a3633');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','44796430b488b04b2ced65bc60412f3658ecbce7463e6b1925f6d8a7950ef7d5');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','341bb4fa9f9ac3946f4a7504a7a7339e72cbddc517015df4bb6e2a9383384a7a');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','a13aecf8477ef70fef6774c057e5acde9ad0bc3645e0f75338a72b49b349cd20');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','bbac10531111b20b1a83d7f93bfcf2d12f3c6b1b96047bea878f53a1bf6c7f11');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','819356e092863ed343940c513b1497b437c0eebcd601f8db7cb65a01830d3d8e');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','1607dd58fd6662bbdbe98adc20d5fb28e8cd7d786ccba6920c49645b84406c55');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','a6f6ed71140be83ce2c41315d67a997fb4e8acd3bc98fa8ea6c34f25949f3d0d');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','58422c62ea829b92e62e704ea85d1f3d406d37654b98ad52bfcc877e53da5881');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','2517e5ae2955bd2ab5b1ffbf3e2d717d6912850f63439d0f7df2c2c89dcafca8');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','ac2835b385ca7eb5aef6088eaf5035d242cea9a6b673de8810f72199b531e82b');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","basis":"cast","candidates":["candidates"],"commitment":"commitment","deadline":"2026-11-22T17:30:00Z","form":"motion","key":"key","motion":"motion é","of":"of","options":["options"],"round":1,"seats":1,"secret":true,"threshold":"simple","waived":true}','c8c7ac7a4cfdf75f35dea33831e4509131606bbe525f7ea549db0d50dcb32227');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast.2','{"ballot":"ballot","mark":"mark","member":"member","proxy":"proxy","text":"text","weight":1}','38a88f4287251de88f7bf0c2e4fa78b87a1db6a7572ed624d3a82fb51c63fe64');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','60e6d2de4a4293fabe3c85da44332097bffa8e73aba0195f4ce977702cf65104');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'UrnOpened','{"ballot":"ballot","slips":[{"mark":"mark","receipt":"receipt"}]}','aaa789fddbaefe82d32112a34231cdc7a566242dbb7b17d585590ec0ef09f540');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'BallotClosed','{"ballot":"ballot","counts":[1],"decision":"decision","elected":[1],"outcome":"adopted","seed":"seed","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','f5dcd1059cb228a4777c2e34f0716974ffedf90e6e893882899e0f78e78cdc22');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'BallotAnnulled','{"ballot":"ballot","reason":"reason"}','72239d2507c77dc8cb984360014708f1b2ed55d38ff5e42bc2cc9a5d20a86484');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingStarted','{}','66da4cb4e4d7db8382ebfb457c71f9d90833e5e75181913c37f3846bcaaa1d08');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','7644cdf48317750605ecb45604f8920ce73bd72f2380647a372c9d239b5c1650');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'RecordingTroubled','{"code":"code"}','fed05f0abc6a0d3d16a982357cb6e47512e4dc17b4ca90bb32cffba20b109b64');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'RecordingStopped','{}','acc2ca164bf5e3cc380e4dda3cc2b1421b9f6d9a2b6391edfaf2ce7b24973c5f');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','60f972c63b82147ce1a6daf014d78120adac9bec791909e0c574c59e65bfa449');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','5ed370e1fda2cc9c6a47128548d653520bbacd4d03e22aba1068885e79ed047d');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'MinutesDrafted','{"digest":"digest"}','bb0c0f3315226ce8769113b19ea50259eedd98313e2775dbb5f740b395472bec');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Posted','{"ref":"ref","surface":"surface"}','cc53a044dfdd9ddc6010303767876001adc7a0ac0dd7aa34403421645439a327');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','c3fe0ba26464d7038ecde387488725a4a7d42347ebc45f21acd8832a569b248c');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'Resumed','{}','690010fda3def686509da71b80ec9b5ae4cdcd156d0e2ec927a3d1603dc36082');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionAsked','{"member":"member"}','8fd7289ea3b044f30d3e47025bde4a467aa539f50387cb73b9ce7c43c80a309b');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionPut','{"ballot":"ballot"}','fe7d302e484a0f19bed0fa8505e1084ad24f9a485dcb6232c12c4b0d1b69d1a7');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ClosedSessionBegun','{"ballot":"ballot"}','eea6d79e8700fbe8a1f3b2db7d2e1b3ba07300f31ce4ce16d0eb23319dd6f4f8');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ClosedSessionEnded','{}','8bcdb02f39d05c07ceadc3ec2aa7f1a13f1e0d8b4bba76120afea4cf6a331844');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemMoved','{"before":1,"number":1}','b1226cdf3aa26b8db6bdb8c9b8617321120c859173172c5295c68b3403edbe7d');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemWithdrawn','{"number":1}','c6da26350d954ce068fa7ec37b6baa9a608dfce47ea12073bdad8952f4babd4b');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'ItemPostponed','{"number":1}','61c58602e0bdc0db63c883909ed691660147eea3d89e33ab0925e065951f7324');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','8aa430d963983fbdbc1186cb55f1b8a5c8593bde7ea88d7ef9eeae2df6c0b8b1');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'GavelHanded','{"member":"member"}','c05bd7539d68a766cb2e4e866f294445d9a2eca3001f683ed32ca1d8285a6166');
INSERT INTO "events" VALUES('conseil-2026-11-22',47,'2026-11-22T17:30:47.000000+00:00','anne','act47',0,'Excused','{"member":"member"}','6ee5529e9ea3d348ef92f88279634c1bc1a785029ffc72fe7426180fac96bebb');
INSERT INTO "events" VALUES('conseil-2026-11-22',48,'2026-11-22T17:30:48.000000+00:00','anne','act48',0,'ExcuseWithdrawn','{"member":"member"}','b485024d027ed71a33c7da8b569363936295d70893683436d4257b8db8d16277');
INSERT INTO "events" VALUES('conseil-2026-11-22',49,'2026-11-22T17:30:49.000000+00:00','anne','act49',0,'QuorumLost','{"needed":1,"present":1}','ea3794a2e411113bf36952d625d0e4472a4f0320e1b4486118b124c67f4edaca');
INSERT INTO "events" VALUES('conseil-2026-11-22',50,'2026-11-22T17:30:50.000000+00:00','anne','act50',0,'QuorumRegained','{"needed":1,"present":1}','b68db38abb6059576927ef10b7bb2241643377b81fd9c462f26623920acf4f6f');
INSERT INTO "events" VALUES('conseil-2026-11-22',51,'2026-11-22T17:30:51.000000+00:00','anne','act51',0,'Reconvened','{"starts":"2026-11-22T17:30:00Z"}','381d6cf02972cbcbabb5757d81c1f5ee8abf249374a7f9bb278c4d1e73eeea03');
INSERT INTO "events" VALUES('conseil-2026-11-22',52,'2026-11-22T17:30:52.000000+00:00','anne','act52',0,'LineCorrected','{"digest":"digest","line":"line"}','ce06a463de84416967caea41cb8bbeb95eedf17d5f74f924a5d231fbd9b01878');
INSERT INTO "events" VALUES('conseil-2026-11-22',53,'2026-11-22T17:30:53.000000+00:00','anne','act53',0,'LineStruck','{"line":"line"}','e5a3124d8f2105ca87608dc561170a03a73d794a3802e840624fdb5259e866c7');
INSERT INTO "events" VALUES('conseil-2026-11-22',54,'2026-11-22T17:30:54.000000+00:00','anne','act54',0,'LineRestored','{"line":"line"}','5e3d1008228e0bde36d114c4c0cc0edba40f23cb2ace4f4a4080ebd32b0ffeea');
INSERT INTO "events" VALUES('conseil-2026-11-22',55,'2026-11-22T17:30:55.000000+00:00','anne','act55',0,'LineAttributed','{"line":"line","member":"member"}','bafe9b37c057a79faf59205b7d6d1ea74e17b62cb75eab4c944ac753b892b7c5');
INSERT INTO "events" VALUES('conseil-2026-11-22',56,'2026-11-22T17:30:56.000000+00:00','anne','act56',0,'LineMoved','{"item":1,"line":"line"}','872a487496b6851640c9af63c2f05333bf24231c0ddad5ad7503e13ed57f84fe');
INSERT INTO "events" VALUES('conseil-2026-11-22',57,'2026-11-22T17:30:57.000000+00:00','anne','act57',0,'LineSplit','{"at":"2026-11-22T17:30:00Z","digest":"digest","line":"line","part":"part","rest":"rest"}','27c914a960f0678397ad927c09647a2ad1ee1365334caf4af7c6c58d500832b0');
INSERT INTO "events" VALUES('conseil-2026-11-22',58,'2026-11-22T17:30:58.000000+00:00','anne','act58',0,'LinesMerged','{"digest":"digest","into":"into","line":"line"}','bcde656db7546ef05de0739baa027f047a08df3416cfbea18e69993579dd8836');
INSERT INTO "events" VALUES('conseil-2026-11-22',59,'2026-11-22T17:30:59.000000+00:00','anne','act59',0,'ReviewUndone','{"act":1}','8b9f16c1d8a319e50660990c40b4b05e9466db1bc070ea18acc05f5a4c748394');
INSERT INTO "events" VALUES('conseil-2026-11-22',60,'2026-11-22T17:31:00.000000+00:00','anne','act60',0,'Rescheduled','{"ends":"2026-11-22T17:30:00Z","entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"place":"place","starts":"2026-11-22T17:30:00Z"}','b4270204ad09b05e3fb90e74646b74506e07e43178b63f88de8347fbdd7e0e01');
INSERT INTO "events" VALUES('conseil-2026-11-22',61,'2026-11-22T17:31:01.000000+00:00','anne','act61',0,'AgendaRevised','{"entry":{"modified":"2026-11-22T17:30:00Z","recurrence_id":"recurrence_id","sequence":1,"uid":"uid","url":"url"},"items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"title":"title é"}','9ea7450cf22f2cff857bdbd825e7ddf39324717e65156ea696ca513a7ac018f4');
INSERT INTO "events" VALUES('conseil-2026-11-22',62,'2026-11-22T17:31:02.000000+00:00','anne','act62',0,'Cancelled','{"reason":"calendar"}','e4f4e4b630656c1da210e2a2e7634fb710c9cf1a278dcaf879a79a0c8cb680f9');
INSERT INTO "events" VALUES('conseil-2026-11-22',63,'2026-11-22T17:31:03.000000+00:00','anne','act63',0,'Reinstated','{}','6f50513b6dff87ce3ef72b5970b7163cab193e1148a9c9f1e155f14a4f5d1c62');
INSERT INTO "events" VALUES('conseil-2026-11-22',64,'2026-11-22T17:31:04.000000+00:00','anne','act64',0,'WentMissing','{}','197f1aacd359960eb0697553d4128055f7a765117a9b545cb72b24860e579784');
INSERT INTO "events" VALUES('conseil-2026-11-22',65,'2026-11-22T17:31:05.000000+00:00','anne','act65',0,'MissingKept','{}','b2814c1e82a10cff2b8b773492148377acc331e0853ac2e440aebd940a09155b');
INSERT INTO "events" VALUES('conseil-2026-11-22',66,'2026-11-22T17:31:06.000000+00:00','anne','act66',0,'FoundAgain','{}','0da2e2a682405eec82c6f9db344be53970f1d5f7a2c9afee69c9e1e3297c4e7f');
INSERT INTO "events" VALUES('conseil-2026-11-22',67,'2026-11-22T17:31:07.000000+00:00','anne','act67',0,'CalendarTroubled','{"code":"code","fields":{"fields":"fields"},"source":"source"}','d82076248376218e76bda11d8faeeb5ef8d80e190472baf572dd136c5d16af22');
INSERT INTO "events" VALUES('conseil-2026-11-22',68,'2026-11-22T17:31:08.000000+00:00','anne','act68',0,'CalendarReadAgain','{"source":"source"}','20de3384dd745d55c66e0b18618502dfd795a04f69670a504d1cf1fe91753613');
INSERT INTO "events" VALUES('conseil-2026-11-22',69,'2026-11-22T17:31:09.000000+00:00','anne','act69',0,'RosterRevised','{"roster":[{"college":"college","member":"member","role":"chair"}]}','6c5db2030e21c4015bc75bf8308bc23b51f7cf59bbe72d42ffb81e736c796b24');
INSERT INTO "events" VALUES('conseil-2026-11-22',70,'2026-11-22T17:31:10.000000+00:00','anne','act70',0,'RulesRevised','{"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"convocation":{"clear_days":1,"days":1,"reminders":["P1D"]},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"minutes":{"audio_days":1,"days":1,"delete_audio":true},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}}}','4e1e35314bb1a9e5950ffae5ce01349477c8e06fa22dab085391268c69fbdd2f');
INSERT INTO "events" VALUES('conseil-2026-11-22',71,'2026-11-22T17:31:11.000000+00:00','anne','act71',0,'ProxiesCarried','{"proxies":[{"giver":"giver","holder":"holder","meetings":1}]}','7e3970478ceea769717940cca75fcfc0c07c1a9140b686806095864cb59d4700');
INSERT INTO "events" VALUES('conseil-2026-11-22',72,'2026-11-22T17:31:12.000000+00:00','anne','act72',0,'Summoned','{}','01bbc62458674a459b1b0dddfdaa1f4ffbf0a7235e7cf889597a4e9e87e96b07');
INSERT INTO "events" VALUES('conseil-2026-11-22',73,'2026-11-22T17:31:13.000000+00:00','anne','act73',0,'Reminded','{"before":"P1D"}','fd45736b59d4697f75fcf84d793aeec5e1065e2ef13d2eb1888482623da21bbd');
INSERT INTO "events" VALUES('conseil-2026-11-22',74,'2026-11-22T17:31:14.000000+00:00','anne','act74',0,'ItemProposed','{"minutes":1,"proposal":"proposal","title":"title é"}','aab9aac8385f02d14eb671ce1615195dec1b90f5ede68e2fc7f2e586af6f5db0');
INSERT INTO "events" VALUES('conseil-2026-11-22',75,'2026-11-22T17:31:15.000000+00:00','anne','act75',0,'ProposalAccepted','{"proposal":"proposal"}','09b0690127d6b8676575a20774d5c6e4f7683ad5c1fd4f511645bf747f8ad32b');
INSERT INTO "events" VALUES('conseil-2026-11-22',76,'2026-11-22T17:31:16.000000+00:00','anne','act76',0,'ProposalDeclined','{"proposal":"proposal"}','268cac96f78bc5f9075636142f503699e91e7f2474c15182f4b353246355b613');
INSERT INTO "events" VALUES('conseil-2026-11-22',77,'2026-11-22T17:31:17.000000+00:00','anne','act77',0,'MinutesProposed','{"digest":"digest","until":"2026-11-22T17:30:00Z"}','1573362f675c5590bd7df23877b6bba17b3da941c2fb8cd40ddcf5df2dc3343f');
INSERT INTO "events" VALUES('conseil-2026-11-22',78,'2026-11-22T17:31:18.000000+00:00','anne','act78',0,'CorrectionAsked','{"digest":"digest","member":"member","request":"request","utterance":"utterance"}','9f3da023da23007841c44fb4d0219b0e92605525fa75e091e4c6fc00dc72e37d');
INSERT INTO "events" VALUES('conseil-2026-11-22',79,'2026-11-22T17:31:19.000000+00:00','anne','act79',0,'CorrectionAnswered','{"accepted":true,"request":"request"}','5cd9c59c846a0dd0360ccf1da0f8cb46ff91171dc354b7e474e802726ba66648');
INSERT INTO "events" VALUES('conseil-2026-11-22',80,'2026-11-22T17:31:20.000000+00:00','anne','act80',0,'MinutesApproved','{"ballot":"ballot","digest":"digest","of":"of"}','440ae179e323ea8e63aefc3dc57d12b1cb4151e6fde62d642fbdc2b5be703c2a');
INSERT INTO "events" VALUES('conseil-2026-11-22',81,'2026-11-22T17:31:21.000000+00:00','anne','act81',0,'ApprovalNoted','{"at":"2026-11-22T17:30:00Z","ballot":"ballot","digest":"digest","during":"during"}','b6583080616f2b7cf7832bbc31c77aa8627b0828ce6a0c8ed9a143095c1a4fe1');
INSERT INTO "events" VALUES('conseil-2026-11-22',82,'2026-11-22T17:31:22.000000+00:00','anne','act82',0,'MinutesSigned','{"digest":"digest","key":"key","member":"member","role":"chair","signature":"signature"}','fe1b1a722ccf62de044cb26ed35cfcf7120c9235e604f64371515b1f48d7107e');
INSERT INTO "events" VALUES('conseil-2026-11-22',83,'2026-11-22T17:31:23.000000+00:00','anne','act83',0,'MinutesPublished','{"digest":"digest"}','77aacffd3705ebf84882ccf775daed41468535965f840d584441daa9388c5a54');
INSERT INTO "events" VALUES('conseil-2026-11-22',84,'2026-11-22T17:31:24.000000+00:00','anne','act84',0,'AudioDeleted','{"files":1,"size":1,"why":"approved"}','4af4ff843f263533280b6b38a1d32622746b0f37283209e4ecc5a61d87312e88');
INSERT INTO "events" VALUES('conseil-2026-11-22',85,'2026-11-22T17:31:25.000000+00:00','anne','act85',0,'ActionNoted','{"due":"due","member":"member","what":"what"}','274dfbcc6bf1d54ff416eed6cf550885268d79911fbea51f74efc1685da2494f');
INSERT INTO "events" VALUES('conseil-2026-11-22',86,'2026-11-22T17:31:26.000000+00:00','anne','act86',0,'RecordingDeclined','{"member":"member"}','598f0196796afced4b73a7e325099afdac6a4416ec040d073913c04ddafa755a');
INSERT INTO "events" VALUES('conseil-2026-11-22',87,'2026-11-22T17:31:27.000000+00:00','anne','act87',0,'RecordingAccepted','{"member":"member"}','5539108b31ab2edde62279dfd2a2cf321881331de8204888afb83225566ab839');
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
INSERT INTO "secrets" VALUES('running','ce55ec336edac682162ecdc47ad4711a9abfff9e2ffe09059e3cada3848d1365','a099274d29dd0fcd1cf6e43abe548d334029cd615f3951de254baacc5e951952');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('c9d53de54c14e91e23311c057e0696ac','running','9455dddb04d8cdcdc4e02b2bd58df2419e95e7dc283285e3206fe05d7ff7076f5ed97c6ace1f9a244016e261e6c5eb59db5a6cd8dffaacdb5878b06449cfcafd2fe2507d44c4eff38af29d69f1f426ead6212b55ff04a56a9695b457054cbcc46c7bc9ffba04880aedea0e5d2c0e987521ef07b17f8d3a7c91b78cf1322f6c69bc0844dc0edbe41e015cf6d647be3944edd3e0d2cc71ff82a0164e00c1b7ba9934f946d817f224c32b1da27468657bb8e20d1922902839d6f27462a095e270b220a3da52288d805b754692c8bf03b42a');
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
